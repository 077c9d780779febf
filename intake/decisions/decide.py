"""An editor decides. The decision settles a little later (intake/decisions/settle.py), and can be taken back until then."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.decisions.reasons import REASONS
from intake.decisions.settle import open_decision, settle
from intake.errors import MessageMissing, ReasonMissing, SecondEditorNeeded
from intake.lifecycle import IllegalMove
from intake.models import Decision, Editor, Revision, Submission, record
from intake.models.decision import VERDICTS
from intake.models.lookup import locked_at
from intake.settings import settings

BATCH_PATIENCE = timedelta(minutes=10)
"""How much longer a decision among many can be taken back, until all of them are taken (intake/decisions/batch.py)."""


@dataclass(frozen=True)
class DecisionInput:
    """A verdict, the code of its reason, and what the contributor reads; None: they are to read nothing."""

    verdict: str
    code: str | None = None
    message: str | None = None


def decide(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    version: int,
    ruling: DecisionInput,
    *,
    batch_id: int | None = None,
) -> Decision:
    """Take a decision on the text as it stands.

    StaleRevision, NotFound, IllegalMove, ReasonMissing, MessageMissing; SecondEditorNeeded where a section asks for two
    approvals and this editor gave the first.
    """
    submission = locked_at(session, submission_id, version)
    if submission.settles_at:
        raise IllegalMove("a decision has just been taken; take it back first")
    lifecycle.target(VERDICTS[ruling.verdict], submission.status)
    _check(ruling)
    decision = Decision(
        submission_id=submission.id,
        revision_id=_newest_revision(session, submission),
        editor_id=editor.id,
        verdict=ruling.verdict,
        code=ruling.code,
        message=ruling.message,
        batch_id=batch_id,
    )
    if _needs_another(session, submission, editor, decision):
        return _approve(session, submission, editor, decision)
    return _take(session, submission, editor, decision)


def _check(ruling: DecisionInput) -> None:
    if ruling.verdict == "reject" and ruling.code not in REASONS["reject"]:
        raise ReasonMissing
    if ruling.code is not None and ruling.code not in REASONS[ruling.verdict]:
        raise ReasonMissing
    if ruling.verdict == "request_changes" and not (ruling.message or "").strip():
        raise MessageMissing


def _newest_revision(session: Session, submission: Submission) -> int:
    newest = (
        select(Revision.id)
        .where(Revision.submission_id == submission.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return session.scalars(newest).one()


def _needs_another(session: Session, submission: Submission, editor: Editor, decision: Decision) -> bool:
    """Whether this is the first of two approvals; if it is the second, it and the first know of each other."""
    first = open_decision(session, submission)
    if decision.verdict != "accept" or submission.section not in settings().two_approval_sections:
        needs = False
    elif first is None:
        return True
    elif first.editor_id == editor.id:
        raise SecondEditorNeeded
    else:
        decision.approval_id = first.id
        needs = False
    if first is not None:
        first.state = "replaced"
        session.flush()
    return needs


def _approve(session: Session, submission: Submission, editor: Editor, decision: Decision) -> Decision:
    decision.state = "waiting"
    _keep(session, submission, decision)
    record(session, "approval.given", submission, actor=editor)
    return decision


def _take(session: Session, submission: Submission, editor: Editor, decision: Decision) -> Decision:
    pause = timedelta(seconds=settings().undo_seconds)
    if pause and decision.batch_id is not None:
        pause += BATCH_PATIENCE
    _keep(session, submission, decision)
    decision.settles_at = submission.settles_at = session.scalars(select(func.now() + pause)).one()
    record(
        session, "decision.taken", submission, actor=editor, after=pause, verdict=decision.verdict,
        code=decision.code,
    )  # fmt: skip
    if not pause:
        settle(session, submission.id)
    return decision


def _keep(session: Session, submission: Submission, decision: Decision) -> None:
    session.add(decision)
    session.flush()
    submission.decision_id = decision.id
    submission.version += 1
