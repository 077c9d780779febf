"""A contributor writes to the desk, whether or not anything was asked."""

import uuid
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import AlreadySubmitted, TooMany
from intake.lifecycle import GONE, SCREENED, IllegalMove
from intake.models import Decision, Editor, Message, Submission, record
from intake.models.lookup import locked, locked_by_receipt
from intake.notifications.notify import notify
from intake.queue.claims import claim_holder, keep_claim

MOST_A_DAY = 30
"""Messages of one contributor: enough for a conversation, and no flood on the desk."""


def receive_message(session: Session, receipt: str, token_hash: bytes, body: str) -> Message:
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
    notify_claim_holder(session, submission)
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


def send_message(session: Session, submission_id: uuid.UUID, editor: Editor, body: str) -> Message:
    """Keep a message for the contributor; NotFound, or IllegalMove before it is clean and once it is gone."""
    submission = locked(session, submission_id)
    if submission.status not in SCREENED:
        raise IllegalMove("cannot write to the contributor of what is not on the desk")
    message = Message(submission_id=submission.id, editor_id=editor.id, body=body)
    session.add(message)
    session.flush()
    keep_claim(session, submission, editor)
    record(session, "message.sent", submission, actor=editor, message=message.id)
    return message


def notify_claim_holder(session: Session, submission: Submission) -> None:
    """Tell who has the submission claimed; nobody, where nobody has."""
    having = claim_holder(session, submission)
    if having is not None:
        notify(session, having.id, submission, "answered")


def notify_asker(session: Session, submission: Submission) -> None:
    """An answer can be read: tell who has the submission claimed, else who asked for changes."""
    having = claim_holder(session, submission)
    asked = (
        select(Decision.editor_id)
        .where(
            Decision.submission_id == submission.id,
            Decision.verdict == "request_changes",
            Decision.state.in_(("standing", "replaced")),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    who = having.id if having is not None else session.scalar(asked)
    if who is not None:
        notify(session, who, submission, "answered")
