"""Pictures that hurt to look at are shown to nobody who did not choose to see them."""

import uuid

from sqlalchemy.orm import Session

from intake.actions.claim import keep
from intake.errors import NotFound
from intake.models import Editor, Photo, record
from intake.models.lookup import locked


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
    keep(session, submission, editor)
    record(
        session, "photo.marked", submission, photo=photo, actor=editor,
        mark="graphic" if graphic else "not graphic",
    )  # fmt: skip
