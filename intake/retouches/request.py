"""Editors have pixels of a photo destroyed, or its edges cut off; until a worker has done it, it can be taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.lifecycle import GONE, IllegalMove
from intake.models import Editor, Photo, Retouch, Submission, record
from intake.models.lookup import locked
from intake.photos.retouch import Area, Mark
from intake.queue.claims import keep_claim
from intake.settings import settings

TOO_LATE = "it is too late to take this back: the pixels are gone"


def redact(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, editor: Editor, marks: Sequence[Mark]
) -> Retouch:
    """Ask for the pixels below the marks to be destroyed; NotFound, or IllegalMove where nothing is left to protect."""
    return _ask(
        session, submission_id, photo_id, editor, "redaction", {"marks": [asdict(mark) for mark in marks]}
    )


def crop(
    session: Session,
    submission_id: uuid.UUID,
    photo_id: uuid.UUID,
    editor: Editor,
    area: Area | None,
    focus: dict[str, float] | None,
) -> Retouch:
    """Ask for a photo to be cut to an area of the whole, or None for the whole again; NotFound or IllegalMove."""
    what = {"crop": asdict(area) if area else None, "focus": focus}
    return _ask(session, submission_id, photo_id, editor, "crop", what)


def undo_retouch(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, retouch_id: int, editor: Editor
) -> None:
    """Take back what was asked for; NotFound, or IllegalMove once it has been done."""
    submission = locked(session, submission_id)
    retouch = session.get(Retouch, retouch_id, populate_existing=True)
    if retouch is None or (retouch.submission_id, retouch.photo_id) != (submission_id, photo_id):
        raise NotFound
    if retouch.state != "asked":
        raise IllegalMove(TOO_LATE)
    retouch.state, retouch.ended_at = "undone", func.now()
    record(session, "photo.retouch_undone", submission, photo=retouch.photo, actor=editor, kind=retouch.kind)


def cancel_pending_retouches(session: Session, submission: Submission, photo: Photo | None = None) -> None:
    """Nothing comes of what was asked for: its contributor withdrew, or left out this photo."""
    asked = (Retouch.submission_id == submission.id) & (Retouch.state == "asked")
    if photo is not None:
        asked &= Retouch.photo_id == photo.id
    session.execute(update(Retouch).where(asked).values(state="undone", ended_at=func.now()))


def has_pending_retouches(session: Session, submission_id: uuid.UUID) -> bool:
    """Whether a photo of this submission still shows what an editor wants gone: then nothing may leave the house."""
    asked = select(Retouch.id).where(Retouch.submission_id == submission_id, Retouch.state == "asked")
    return session.scalar(asked.limit(1)) is not None


def _ask(
    session: Session,
    submission_id: uuid.UUID,
    photo_id: uuid.UUID,
    editor: Editor,
    kind: str,
    what: dict[str, Any],
) -> Retouch:
    submission = locked(session, submission_id)
    photo = _clean(session, submission, photo_id)
    pause = timedelta(seconds=settings().undo_seconds)
    retouch = Retouch(
        submission_id=submission.id,
        photo_id=photo.id,
        editor_id=editor.id,
        kind=kind,
        what=what,
        due_at=session.scalars(select(func.now() + pause)).one(),
    )
    session.add(retouch)
    session.flush()
    keep_claim(session, submission, editor)
    record(
        session, "photo.retouch_asked", submission, photo=photo, actor=editor, after=pause, kind=kind,
        retouch=retouch.id,
    )  # fmt: skip
    return retouch


def _clean(session: Session, submission: Submission, photo_id: uuid.UUID) -> Photo:
    photo = session.get(Photo, photo_id, populate_existing=True)
    if photo is None or photo.submission_id != submission.id or photo.status != "clean":
        raise NotFound
    if submission.status in GONE:
        raise IllegalMove("cannot change the photos of what is gone")
    return photo


@dataclass(frozen=True)
class PendingRetouch:
    """Asked for, and can be undone. Lengths are parts of the whole photo; `crop` None in a crop means all of it."""

    id: int
    kind: str
    by: str
    due_at: datetime
    marks: list[Mark]
    crop: Area | None


def pending_retouches(photo: Photo) -> list[PendingRetouch]:
    """What is still to be done to a photo, in the order in which it will be."""
    return [
        PendingRetouch(
            retouch.id,
            retouch.kind,
            retouch.editor.name,
            retouch.due_at,
            [Mark(**mark) for mark in retouch.what.get("marks", [])],
            Area(**retouch.what["crop"]) if retouch.what.get("crop") else None,
        )
        for retouch in photo.retouches
        if retouch.state == "asked"
    ]


def failure(photo: Photo) -> str | None:
    """The kind of the latest retouch if it could not be done."""
    latest = next(reversed(photo.retouches), None)
    return latest.kind if latest is not None and latest.state == "failed" else None


def mark_graphic(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, editor: Editor, *, graphic: bool
) -> None:
    """Mark a clean photo as graphic, or no longer; nothing where it is so already. NotFound.

    Nobody's page becomes stale by it: the version stays.
    """
    submission = locked(session, submission_id)
    photo = session.get(Photo, photo_id, populate_existing=True)
    if photo is None or photo.submission_id != submission.id or photo.status != "clean":
        raise NotFound
    if photo.graphic == graphic:
        return
    photo.graphic = graphic
    keep_claim(session, submission, editor)
    record(
        session, "photo.marked", submission, photo=photo, actor=editor,
        mark="graphic" if graphic else "not graphic",
    )  # fmt: skip
