"""Whether something was sent before."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Answer


def was_answered(session: Session, token_hash: bytes) -> bool:
    """Whether an answer was taken with this token."""
    return session.scalar(select(Answer.id).where(Answer.token_hash == token_hash)) is not None
