"""An accepted piece has appeared."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.models import Editor, Submission
from intake.models.lookup import locked_at


def publish(
    session: Session, submission_id: uuid.UUID, editor: Editor, version: int, url: str = ""
) -> Submission:
    """Mark it as published, with the address where it appeared, if it has one; StaleRevision, NotFound, IllegalMove."""
    submission = locked_at(session, submission_id, version)
    lifecycle.target("publish", submission.status)
    submission.published_at = session.scalars(select(func.now())).one()
    submission.published_url = url or None
    submission.move("publish", actor=editor)
    return submission
