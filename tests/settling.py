"""A decision takes effect at once: tests do not wait for the time in which it could be taken back."""

import uuid

from sqlalchemy import func
from sqlalchemy.orm import Session

from intake.actions.settle import settle
from intake.models import Submission


def settled(session: Session, submission_id: uuid.UUID) -> None:
    """Its time is over."""
    submission = session.get_one(Submission, submission_id)
    submission.settles_at = func.now()
    session.flush()
    assert settle(session, submission_id)
