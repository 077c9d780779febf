"""Request retouches (redactions and crops of photos), and mark photos as graphic.

A retouch can be undone until a worker applies it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.lifecycle import GONE, IllegalMove
from intake.models import Editor, Photo, Retouch, Submission, contribution_time, record
from intake.models.lookup import locked
from intake.photos.retouch import Area, Mark
from intake.queue.claims import keep_claim
from intake.retouches import faces
from intake.settings import settings

TOO_LATE = "it is too late to undo this: the pixels are destroyed"


def redact(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, editor: Editor, marks: Sequence[Mark]
) -> Retouch:
    """Request that the pixels under `marks` (boxes or ellipses) are destroyed.

    Raises NotFound, or IllegalMove if the submission is withdrawn or purged.
    """
    return _request_retouch(
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
    """Request a crop to `area`, or the whole photo if `area` is None. Raises NotFound or IllegalMove."""
    what = {"crop": asdict(area) if area else None, "focus": focus}
    return _request_retouch(session, submission_id, photo_id, editor, "crop", what)


def undo_retouch(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, retouch_id: int, editor: Editor
) -> None:
    """Undo a requested retouch. Raises NotFound, or IllegalMove if the retouch is no longer pending."""
    submission = locked(session, submission_id)
    retouch = session.get(Retouch, retouch_id, populate_existing=True)
    if retouch is None or (retouch.submission_id, retouch.photo_id) != (submission_id, photo_id):
        raise NotFound
    if retouch.state != "asked":
        raise IllegalMove(TOO_LATE)
    retouch.state, retouch.ended_at = "undone", func.now()
    record(session, "photo.retouch_undone", submission, photo=retouch.photo, actor=editor, kind=retouch.kind)


def cancel_pending_retouches(session: Session, submission: Submission, photo: Photo | None = None) -> None:
    """Cancel the pending retouches of a submission, or of one photo, and delete the searches for faces there.

    Call this when the contributor withdraws the submission, or removes the photo.
    """
    asked = (Retouch.submission_id == submission.id) & (Retouch.state == "asked")
    if photo is None:
        faces.forget_all(session, submission)
    else:
        faces.forget(session, photo.id)
        asked &= Retouch.photo_id == photo.id
    session.execute(update(Retouch).where(asked).values(state="undone", ended_at=contribution_time.now()))


def has_pending_retouches(session: Session, submission_id: uuid.UUID) -> bool:
    """Return whether a photo of this submission still waits for a retouch.

    Such a submission must not be published.
    """
    asked = select(Retouch.id).where(Retouch.submission_id == submission_id, Retouch.state == "asked")
    return session.scalar(asked.limit(1)) is not None


def _request_retouch(
    session: Session,
    submission_id: uuid.UUID,
    photo_id: uuid.UUID,
    editor: Editor,
    kind: str,
    what: dict[str, Any],
) -> Retouch:
    submission = locked(session, submission_id)
    photo = _clean_photo(session, submission, photo_id)
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
    faces.forget(session, photo.id)
    session.flush()
    keep_claim(session, submission, editor)
    record(
        session, "photo.retouch_asked", submission, photo=photo, actor=editor, after=pause, kind=kind,
        retouch=retouch.id,
    )  # fmt: skip
    return retouch


def _clean_photo(session: Session, submission: Submission, photo_id: uuid.UUID) -> Photo:
    photo = session.get(Photo, photo_id, populate_existing=True)
    if photo is None or photo.submission_id != submission.id or photo.status != "clean":
        raise NotFound
    if submission.status in GONE:
        raise IllegalMove("cannot change the photos of a submission that is withdrawn or deleted")
    return photo


@dataclass(frozen=True)
class PendingRetouch:
    """A requested retouch, which can be undone. Lengths are fractions of the uncropped photo.

    For a crop, `crop` None means the whole photo.
    """

    id: int
    kind: str
    by: str
    due_at: datetime
    marks: list[Mark]
    crop: Area | None


def pending_retouches(photo: Photo) -> list[PendingRetouch]:
    """Return the pending retouches of a photo, in the order in which they will be applied."""
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


def latest_failure(photo: Photo) -> str | None:
    """Return the kind of the photo's latest retouch if it failed, else None."""
    latest = next(reversed(photo.retouches), None)
    return latest.kind if latest is not None and latest.state == "failed" else None


def mark_graphic(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, editor: Editor, *, graphic: bool
) -> None:
    """Mark a clean photo as graphic, or remove the mark. Does nothing if there is no change. Raises NotFound.

    The version stays the same, so other editors' open pages do not become stale.
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
