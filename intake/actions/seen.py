"""An editor has seen what they were told of."""

import uuid

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from intake.models import Editor, Notification


def see(session: Session, editor: Editor, submission_id: uuid.UUID | None = None) -> None:
    """All that this editor was told of one submission, or of all, counts as seen."""
    unseen = (Notification.editor_id == editor.id) & Notification.seen_at.is_(None)
    if submission_id is not None:
        unseen &= Notification.submission_id == submission_id
    session.execute(update(Notification).where(unseen).values(seen_at=func.now()))
