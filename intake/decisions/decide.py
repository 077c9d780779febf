"""Take a decision. The decision can be undone until it settles (intake/decisions/settle.py)."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.checklists.ticks import require
from intake.decisions.reasons import REASONS
from intake.decisions.settle import open_decision, settle
from intake.errors import MessageMissing, ReasonMissing, SecondEditorNeeded
from intake.lifecycle import IllegalMove
from intake.models import Decision, Editor, PublicationNote, Revision, Submission, record
from intake.models.decision import VERDICTS
from intake.models.lookup import locked_at
from intake.settings import settings

BATCH_EXTRA_TIME = timedelta(minutes=10)
"""Extra time before a decision of a batch settles, so that the whole batch can be undone.

When the batch ends, the normal undo time replaces this time (intake/decisions/batch.py).
"""


@dataclass(frozen=True)
class DecisionInput:
    """A verdict, the code of its reason, and the message to the contributor (None to send nothing).

    `despite` is the reason to accept although the checklist has open points.
    """

    verdict: str
    code: str | None = None
    message: str | None = None
    despite: str = ""


def decide(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    version: int,
    decision_input: DecisionInput,
    *,
    batch_id: int | None = None,
) -> Decision:
    """Take a decision on the newest revision.

    Raises StaleRevision, NotFound, IllegalMove, ReasonMissing or MessageMissing.
    Raises SecondEditorNeeded if the section needs two approvals and this editor gave the first.
    Raises OpenPoints if points of the checklist are open and `despite` is empty.
    """
    submission = locked_at(session, submission_id, version)
    if submission.settles_at:
        raise IllegalMove("a decision has just been taken: undo it first")
    lifecycle.target_status(VERDICTS[decision_input.verdict], submission.status)
    _check(decision_input)
    if decision_input.verdict == "accept":
        require(session, submission, editor, "accept", decision_input.despite)
    decision = Decision(
        submission_id=submission.id,
        revision_id=_newest_revision(session, submission),
        editor_id=editor.id,
        verdict=decision_input.verdict,
        code=decision_input.code,
        message=decision_input.message,
        batch_id=batch_id,
    )
    if _needs_second_approval(session, submission, editor, decision):
        return _approve(session, submission, editor, decision)
    return _take(session, submission, editor, decision)


def input_of(session: Session, decision_id: int) -> DecisionInput:
    """Return the input of a decision, so that it can be taken once more after it was undone."""
    decision = session.get_one(Decision, decision_id)
    # `decide` writes both rows in one transaction, so they have the same time.
    despite = session.scalar(
        select(PublicationNote).where(
            PublicationNote.submission_id == decision.submission_id,
            PublicationNote.editor_id == decision.editor_id,
            PublicationNote.kind == "checklist",
            PublicationNote.written_at == decision.decided_at,
        )
    )
    return DecisionInput(decision.verdict, decision.code, decision.message, despite.body if despite else "")


def _check(decision_input: DecisionInput) -> None:
    if decision_input.verdict == "reject" and decision_input.code not in REASONS["reject"]:
        raise ReasonMissing
    if decision_input.code is not None and decision_input.code not in REASONS[decision_input.verdict]:
        raise ReasonMissing
    if decision_input.verdict == "request_changes" and not (decision_input.message or "").strip():
        raise MessageMissing


def _newest_revision(session: Session, submission: Submission) -> int:
    newest = (
        select(Revision.id)
        .where(Revision.submission_id == submission.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return session.scalars(newest).one()


def _needs_second_approval(
    session: Session, submission: Submission, editor: Editor, decision: Decision
) -> bool:
    """Return whether this is the first of two approvals. Any other decision is linked to the first approval."""
    first = open_decision(session, submission)
    if decision.verdict == "accept" and submission.section in settings().two_approval_sections:
        if first is None:
            return True
        if first.editor_id == editor.id:
            raise SecondEditorNeeded
    if first is not None:
        decision.approval_id = first.id
        first.state = "replaced"
        session.flush()
    return False


def _approve(session: Session, submission: Submission, editor: Editor, decision: Decision) -> Decision:
    decision.state = "waiting"
    _save(session, submission, decision)
    record(session, "approval.given", submission, actor=editor)
    return decision


def _take(session: Session, submission: Submission, editor: Editor, decision: Decision) -> Decision:
    pause = timedelta(seconds=settings().undo_seconds)
    if pause and decision.batch_id is not None:
        pause += BATCH_EXTRA_TIME
    _save(session, submission, decision)
    decision.settles_at = submission.settles_at = session.scalars(select(func.now() + pause)).one()
    record(
        session, "decision.taken", submission, actor=editor, after=pause, verdict=decision.verdict,
        code=decision.code,
    )  # fmt: skip
    if not pause:
        settle(session, submission.id)
    return decision


def _save(session: Session, submission: Submission, decision: Decision) -> None:
    session.add(decision)
    session.flush()
    submission.decision_id = decision.id
    submission.version += 1
