"""Whether a master key is that of the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Submission


def wrapped_key(session: Session) -> bytes | None:
    """The wrapped key of some submission, which the right master key opens; None where there is none."""
    return session.scalar(select(Submission.wrapped_key).where(Submission.wrapped_key.is_not(None)).limit(1))
