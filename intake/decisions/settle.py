"""Settle, undo and reopen decisions."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.lifecycle import IllegalMove
from intake.models import Decision, Editor, Message, Submission, record
from intake.models.decision import VERDICTS
from intake.models.lookup import locked, locked_at
from intake.originals import keeping

AGAINST = frozenset({"rejected", "spam"})
"""Statuses, after a decision against the submission, in which the originals of its photos are not kept."""
TOO_LATE = "it is too late to undo this: the decision has taken effect"


def settle(session: Session, submission_id: uuid.UUID) -> bool:
    """Let the open decision take effect, and send its message, if its undo time is over. Raises NotFound.

    Returns False if there is nothing to settle: the decision was undone, or replaced by a newer one.
    """
    submission = locked(session, submission_id)
    decision = open_decision(session, submission)
    if decision is None or decision.state != "taken" or not _is_due(session, submission):
        return False
    _mark_replaced(session, submission, "standing")
    decision.state = "standing"
    submission.settles_at = None
    submission.claimed_by = submission.claimed_until = None
    submission.move(VERDICTS[decision.verdict], actor=decision.editor, **_send_message(session, decision))
    if submission.status in AGAINST:
        keeping.destroy_all(session, submission)
    _record_overruling(session, submission, decision)
    return True


def undo(session: Session, submission_id: uuid.UUID, decision_id: int, editor: Editor) -> Submission:
    """Undo an open decision or a first approval. Raises NotFound, or IllegalMove if it has taken effect."""
    submission = locked(session, submission_id)
    decision = session.get(Decision, decision_id)
    if decision is None or decision.submission_id != submission.id:
        raise NotFound
    session.refresh(decision)
    if decision.state not in {"taken", "waiting"}:
        raise IllegalMove(TOO_LATE)
    decision.state, decision.undone_by = "undone", editor.id
    submission.settles_at = None
    session.flush()
    if decision.approval is not None:
        decision.approval.state = "waiting"
        session.flush()
    _point_to_current_decision(session, submission)
    submission.version += 1
    record(session, "decision.undone", submission, actor=editor, verdict=decision.verdict)
    return submission


def reopen(session: Session, submission_id: uuid.UUID, editor: Editor, version: int) -> Submission:
    """Reopen a decided submission that is not published. Raises StaleRevision, NotFound or IllegalMove."""
    submission = locked_at(session, submission_id, version)
    if submission.settles_at:
        raise IllegalMove("a decision has just been taken: undo it first")
    submission.move("reopen", actor=editor)
    _mark_replaced(session, submission, "standing")
    submission.decision_id = None
    return submission


def cancel_pending(session: Session, submission: Submission) -> None:
    """Cancel an open decision, after an edit of the text or a withdrawal by the contributor."""
    _mark_replaced(session, submission, "taken", "waiting")
    submission.settles_at = None
    _point_to_current_decision(session, submission)


def open_decision(session: Session, submission: Submission) -> Decision | None:
    """Return the decision that has not taken effect, or None. A first approval counts as such a decision."""
    return session.scalar(
        select(Decision).where(
            Decision.submission_id == submission.id, Decision.state.in_(("taken", "waiting"))
        )
    )


def _record_overruling(session: Session, submission: Submission, decision: Decision) -> None:
    """Record that a second editor decided against the first approval. The event notifies the first editor."""
    first = decision.approval
    if first is not None and decision.verdict != "accept" and first.editor_id != decision.editor_id:
        record(session, "approval.overruled", submission, actor=decision.editor, account=first.editor_id)


def _send_message(session: Session, decision: Decision) -> dict[str, int]:
    """Send the decision's message to the contributor. Returns the message's id for the event's data."""
    if not decision.message:
        return {}
    message = Message(
        submission_id=decision.submission_id,
        editor_id=decision.editor_id,
        decision_id=decision.id,
        body=decision.message,
        sent_at=func.now(),
    )
    session.add(message)
    session.flush()
    return {"message": message.id}


def _is_due(session: Session, submission: Submission) -> bool:
    return (
        submission.settles_at is not None
        and submission.settles_at <= session.scalars(select(func.now())).one()
    )


def _mark_replaced(session: Session, submission: Submission, *states: str) -> None:
    ended = select(Decision).where(Decision.submission_id == submission.id, Decision.state.in_(states))
    for decision in session.scalars(ended):
        decision.state = "replaced"
    session.flush()


def _point_to_current_decision(session: Session, submission: Submission) -> None:
    """Set the submission's decision to a waiting approval, else the standing decision, else None."""
    left = (
        select(Decision.id)
        .where(Decision.submission_id == submission.id, Decision.state.in_(("taken", "waiting", "standing")))
        .order_by(Decision.state.desc())
        .limit(1)
    )
    submission.decision_id = session.scalar(left)
