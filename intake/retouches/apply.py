"""Apply retouches (redactions and crops of photos): find the next retouch, and record its result.

The retouches of one photo are applied in the order of their ids.
"""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.models import Editor, Event, Photo, Retouch, record
from intake.models.lookup import locked
from intake.models.photo import BASE, SIZES
from intake.photos.retouch import Area, Mark, PhotoEdit

if TYPE_CHECKING:
    from intake.photos.retouch import Retouched


@dataclass(frozen=True, repr=False)
class RetouchTask:
    """A retouch to apply. `source` is the storage name of the uncropped photo.

    `key` decrypts the photo's files. `change` is None if no pixel changes.
    """

    retouch_id: int
    photo: Photo
    key: bytes
    source: str
    change: PhotoEdit | None

    def name(self, size: str) -> str:
        """Return the storage name of a copy that this retouch makes. No other retouch uses the same names."""
        return self.photo.clean_name(size, self.retouch_id)


def next_due(session: Session, photo_id: uuid.UUID) -> RetouchTask | None:
    """Return the photo's oldest pending retouch if its undo time is over, else None. Raises NotFound.

    Nothing else changes the photo while the retouch is pending, so repeated attempts give the same result.
    """
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise NotFound
    if photo.status != "clean" or photo.submission.status in GONE:
        return None
    asked = select(Retouch).where(Retouch.photo_id == photo_id, Retouch.state == "asked")
    first = session.scalar(asked.order_by(Retouch.id).limit(1))
    if first is None or first.due_at > session.scalars(select(func.now())).one():
        return None
    source = photo.clean_name(BASE if photo.crop else "full")
    return RetouchTask(first.id, photo, photo.submission.key, source, _change(photo, first.what))


def record_applied(session: Session, task: RetouchTask, copies: "Retouched | None") -> bool:
    """Record that a retouch is applied and its new copies are stored. `copies` is None if no pixel changed.

    Returns False if the copies must be deleted: the retouch was undone, or the submission purged.
    """
    retouch = _lock_pending(session, task.photo.submission_id, task.retouch_id)
    if retouch is None:
        photo = session.get_one(Photo, task.photo.id, populate_existing=True)
        return photo.status == "clean" and photo.generation == task.retouch_id
    photo = retouch.photo
    if copies is not None:
        photo.generation = retouch.id
        photo.full_key, photo.web_key, photo.thumb_key = (photo.clean_name(size) for size in SIZES)
        photo.width, photo.height = copies.width, copies.height
    if retouch.kind == "crop":
        photo.crop, photo.focus = retouch.what["crop"], retouch.what["focus"]
    _end(session, retouch, "applied")
    record(session, "photo.retouched", photo.submission, photo=photo, actor=retouch.editor, kind=retouch.kind)
    return True


def record_failed(session: Session, task: RetouchTask, reason: str) -> None:
    """Record that a retouch failed, for the reason code `reason`. The photo is unchanged."""
    _fail(session, task.photo.submission_id, task.retouch_id, reason)


def give_up_retouch(session: Session, event_id: int, admin: Editor | None) -> None:
    """Mark a retouch as failed, because an admin discarded its job. The photo is unchanged.

    `event_id` is the event `photo.retouch_asked`.
    """
    asked = session.get_one(Event, event_id)
    assert asked.submission_id is not None  # noqa: S101 - of a photo
    _fail(session, asked.submission_id, asked.data.get("retouch", 0), "could_not_be_processed", admin)


def _fail(
    session: Session, submission_id: uuid.UUID, retouch_id: int, reason: str, actor: Editor | None = None
) -> None:
    retouch = _lock_pending(session, submission_id, retouch_id)
    if retouch is None:
        return
    _end(session, retouch, "failed")
    record(
        session, "photo.retouch_failed", retouch.photo.submission, photo=retouch.photo, actor=actor,
        kind=retouch.kind, reason=reason,
    )  # fmt: skip


def superseded_names(session: Session, photo_id: uuid.UUID) -> list[str]:
    """Return the storage names of copies that a later retouch has replaced, so that the files can be deleted.

    A name is listed whether or not its file still exists. Names of current copies, and of copies that a pending
    retouch will make, are left out. Raises NotFound if the photo does not exist.
    """
    photo = session.get(Photo, photo_id, populate_existing=True)
    if photo is None:
        raise NotFound
    ended = select(Retouch.id).where(Retouch.photo_id == photo_id, Retouch.state != "asked")
    past = {0, *session.scalars(ended)} - {photo.generation}
    return [photo.clean_name(size, number) for number in sorted(past) for size in (*SIZES, BASE)]


def _lock_pending(session: Session, submission_id: uuid.UUID, retouch_id: int) -> Retouch | None:
    """Return the retouch if it is still pending, else None. Locks the row of its submission.

    The lock makes the second of two workers see the result of the first.
    """
    submission = locked(session, submission_id)
    retouch = session.get(Retouch, retouch_id, populate_existing=True)
    if retouch is None or retouch.state != "asked" or submission.status in GONE:
        return None
    session.refresh(retouch.photo)
    return retouch


def _end(session: Session, retouch: Retouch, state: str) -> None:
    retouch.state, retouch.ended_at = state, func.now()
    session.flush()


def _change(photo: Photo, what: dict[str, Any]) -> PhotoEdit | None:
    """Return the edit of the pixels, or None for a crop that only moves the focus.

    A redaction keeps the current crop.
    """
    if "marks" in what:
        return PhotoEdit(tuple(Mark(**mark) for mark in what["marks"]), _area(photo.crop))
    return None if what["crop"] == photo.crop else PhotoEdit(crop=_area(what["crop"]))


def _area(stored: dict[str, float] | None) -> Area | None:
    return Area(**stored) if stored else None
