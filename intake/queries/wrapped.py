"""Whether a master key is that of the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Submission


def wrapped_key(session: Session) -> bytes | None:
    """The wrapped key of the first submission that has one, which the right master key opens; None where there is none.

    Of the first: where a lost key was replaced by another, later ones are wrapped by that.
    """
    first = select(Submission.wrapped_key).where(Submission.wrapped_key.is_not(None))
    return session.scalar(first.order_by(Submission.received_at, Submission.id).limit(1))
