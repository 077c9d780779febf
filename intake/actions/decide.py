"""An editor accepts or rejects."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import lifecycle
from intake.actions.errors import ReasonMissing
from intake.actions.load import locked_at
from intake.models import Decision, Editor, Revision
from intake.models.decision import VERDICTS


def decide(
    session: Session, submission_id: uuid.UUID, editor: Editor, version: int, verdict: str, reason: str = ""
) -> Decision:
    """Take `verdict` on the text as it stands; StaleRevision, NotFound, IllegalMove or ReasonMissing."""
    submission = locked_at(session, submission_id, version)
    lifecycle.target(VERDICTS[verdict], submission.status)
    if verdict == "reject" and not reason.strip():
        raise ReasonMissing
    newest = (
        select(Revision.id)
        .where(Revision.submission_id == submission.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    decision = Decision(
        submission_id=submission.id,
        revision_id=session.scalars(newest).one(),
        editor_id=editor.id,
        verdict=verdict,
        reason=reason.strip(),
    )
    session.add(decision)
    session.flush()
    submission.decision_id = decision.id
    submission.move(VERDICTS[verdict], actor=editor)
    return decision
