"""Helpers for tests of retouches: an editor's actions on a cleaned photo, and a look at all its stored copies."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.models import Editor, Job, Photo, Retouch
from intake.photos.retouch import Area, Mark
from intake.retouches import request
from intake.settings import settings
from intake.storage import files
from tests.photos.retouch.secrets import PART
from tests.stored import paths, root

BOX = Mark(**PART)
CROP = Area(0.25, 0.25, 0.5, 0.5)


@dataclass
class Desk:
    """Actions of an editor on the first photo of a submission."""

    submission_id: uuid.UUID
    editor: Editor

    @property
    def photo(self) -> Photo:
        """The photo in its present state."""
        with transaction() as session:
            first = select(Photo).where(Photo.submission_id == self.submission_id, Photo.position == 1)
            return session.scalars(first).one()

    def redact(self, *marks: Mark) -> int:
        """Request a redaction of `marks`, or else of BOX. Returns the retouch's id."""
        with transaction() as session:
            return request.redact(session, self.submission_id, self.photo.id, self.editor, marks or (BOX,)).id

    def crop(self, area: Area | None = CROP, focus: dict[str, float] | None = None) -> int:
        """Request a crop. Returns the retouch's id."""
        with transaction() as session:
            return request.crop(session, self.submission_id, self.photo.id, self.editor, area, focus).id

    def undo(self, retouch_id: int) -> None:
        """Undo a retouch."""
        with transaction() as session:
            request.undo_retouch(session, self.submission_id, self.photo.id, retouch_id, self.editor)

    def states(self) -> list[str]:
        """States of all retouches, in the order of the requests."""
        with transaction() as session:
            return list(session.scalars(select(Retouch.state).order_by(Retouch.id)))

    def copies(self) -> dict[str, bytes]:
        """Copies that the editor can load: {size: bytes}."""
        with transaction() as session:
            photo = session.get_one(Photo, self.photo.id)
            key = photo.submission.key
        names = {size: photo.clean_name(size) for size in ("full", "web", "thumb", "base")}
        return {size: files().read(name, key) for size, name in names.items() if (root() / name).exists()}


def stored() -> dict[str, bytes]:
    """Name of every stored file of a photo → its bytes on the disk."""
    return {path.name: path.read_bytes() for path in paths("clean")}


def time_passes(kinds: Iterable[str] = ("photo.retouch",)) -> None:
    """Make pending retouches due, so that they can no longer be undone."""
    with transaction() as session:
        session.execute(update(Retouch).values(due_at=func.now()))
        session.execute(
            update(Job).where(Job.kind.in_(kinds), Job.status == "pending").values(run_at=func.now())
        )


def give_time(monkeypatch: pytest.MonkeyPatch, seconds: int = 30) -> None:
    """Set the time in which retouches and decisions can be undone."""
    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", str(seconds))
    settings.cache_clear()
