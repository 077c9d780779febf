"""A contributor writes to the desk, whether or not anything was asked."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.actions.notice import tell_holder
from intake.errors import AlreadySubmitted, TooMany
from intake.lifecycle import GONE, IllegalMove
from intake.models import Message, Submission, record
from intake.models.lookup import locked_by_receipt

MOST_A_DAY = 30
"""Messages of one contributor: enough for a conversation, and no flood on the desk."""


def hear(session: Session, receipt: str, token_hash: bytes, body: str) -> Message:
    """Keep a cleaned message and tell whoever has the submission claimed; the status stays as it is.

    NotFound; AlreadySubmitted for a token that was used before; IllegalMove once it is gone; TooMany.
    """
    submission = locked_by_receipt(session, receipt)
    if session.scalar(select(Message.id).where(Message.token_hash == token_hash)):
        raise AlreadySubmitted
    if submission.status in GONE:
        raise IllegalMove("cannot write about what is withdrawn")
    if _today(session, submission) >= MOST_A_DAY:
        raise TooMany
    message = Message(submission_id=submission.id, token_hash=token_hash, body=body)
    keep_message(session, submission, message)
    tell_holder(session, submission)
    return message


def keep_message(session: Session, submission: Submission, message: Message) -> None:
    """A message of the contributor's, by itself or with an answer."""
    session.add(message)
    session.flush()
    record(session, "message.received", submission, message=message.id)


def _today(session: Session, submission: Submission) -> int:
    mine = select(func.count()).where(
        Message.submission_id == submission.id,
        Message.editor_id.is_(None),
        Message.sent_at > func.now() - timedelta(days=1),
    )
    return session.scalar(mine) or 0
