"""Receive messages from contributors, send messages to contributors, and notify editors."""

import uuid
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import AlreadySubmitted, LimitReached
from intake.lifecycle import GONE, SCREENED, UNSENT, IllegalMove
from intake.models import Decision, Editor, Message, Submission, record
from intake.models.lookup import locked, locked_by_receipt
from intake.notifications.notify import notify
from intake.queue.claims import claim_holder, keep_claim

MESSAGES_A_DAY = 30
"""Messages that a contributor may send in a day: enough for a conversation, too few to flood the desk."""


def receive_message(session: Session, receipt: str, token_hash: bytes, body: str) -> Message:
    """Store a contributor's cleaned message and notify the editor who has claimed the submission.

    The submission's status does not change. Raises NotFound, or AlreadySubmitted for a used token.
    Raises IllegalMove if the submission is withdrawn, purged or not sent yet, and LimitReached after MESSAGES_A_DAY.
    """
    submission = locked_by_receipt(session, receipt)
    if session.scalar(select(Message.id).where(Message.token_hash == token_hash)):
        raise AlreadySubmitted
    if submission.status in GONE or submission.status == UNSENT:
        raise IllegalMove("cannot send a message about a withdrawn submission, or one that is not sent yet")
    if _sent_today(session, submission) >= MESSAGES_A_DAY:
        raise LimitReached
    message = Message(submission_id=submission.id, token_hash=token_hash, body=body)
    record_message(session, submission, message)
    notify_claim_holder(session, submission)
    return message


def record_message(session: Session, submission: Submission, message: Message) -> None:
    """Store a contributor's message, sent on its own or with requested changes, and record its event."""
    session.add(message)
    session.flush()
    record(session, "message.received", submission, message=message.id)


def _sent_today(session: Session, submission: Submission) -> int:
    mine = select(func.count()).where(
        Message.submission_id == submission.id,
        Message.editor_id.is_(None),
        Message.sent_at > func.now() - timedelta(days=1),
    )
    return session.scalar(mine) or 0


def send_message(session: Session, submission_id: uuid.UUID, editor: Editor, body: str) -> Message:
    """Store a message for the contributor.

    Raises NotFound, or IllegalMove if the submission is not cleaned yet, or is withdrawn or purged.
    """
    submission = locked(session, submission_id)
    if submission.status not in SCREENED:
        raise IllegalMove("cannot send a message about a submission that is not on the desk")
    message = Message(submission_id=submission.id, editor_id=editor.id, body=body, sent_at=func.now())
    session.add(message)
    session.flush()
    keep_claim(session, submission, editor)
    record(session, "message.sent", submission, actor=editor, message=message.id)
    return message


def notify_claim_holder(session: Session, submission: Submission) -> None:
    """Notify the editor who has claimed the submission, and its assignee, if there are any."""
    holder = claim_holder(session, submission)
    _notify_of_answer(session, submission, holder.id if holder else None)


def notify_asker(session: Session, submission: Submission) -> None:
    """Notify the editor who has claimed the submission, or else the editor who asked for changes, and the assignee.

    Call this once the contributor's answer can be read.
    """
    holder = claim_holder(session, submission)
    asker = (
        select(Decision.editor_id)
        .where(
            Decision.submission_id == submission.id,
            Decision.verdict == "request_changes",
            Decision.state.in_(("standing", "replaced")),
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    _notify_of_answer(session, submission, holder.id if holder is not None else session.scalar(asker))


def _notify_of_answer(session: Session, submission: Submission, editor_id: int | None) -> None:
    for one in {editor_id, submission.assigned_to}:
        if one is not None:
            notify(session, one, submission, "answered")
