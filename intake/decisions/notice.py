"""Confirmation of a decision that has just been taken."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import lifecycle, wording
from intake.models import Decision, Submission
from intake.models.decision import VERDICTS
from intake.models.lookup import titles
from intake.permissions.reach import Reach
from intake.plurals import READER


@dataclass(frozen=True)
class DecisionNotice:
    """A decision, and the title of its submission, which may be empty.

    `before` and `after` are the words around the title. `settles_at` is None for the first of two approvals.
    `may_undo` is true while the decision has not taken effect. `lane` is the key of the lane in lifecycle.LANES
    in which the submission is once the decision has taken effect.
    """

    decision_id: int
    submission_id: uuid.UUID
    title: str
    before: str
    after: str
    settles_at: datetime | None
    may_undo: bool
    lane: str


def decision_notice(session: Session, decision_id: int, reach: Reach) -> DecisionNotice | None:
    """Return the confirmation of a decision, or None if there is none within `reach`."""
    found = select(Decision).join(Submission, Submission.id == Decision.submission_id)
    decision = session.scalar(found.where(Decision.id == decision_id, *reach.conditions()))
    if decision is None:
        return None
    waits = decision.state == "waiting"
    title = titles(session, [decision.submission_id]).get(decision.submission_id, "")
    before, _, after = READER.gettext(wording.DECIDED["waiting" if waits else decision.verdict]).partition(
        "{title}"
    )
    return DecisionNotice(
        decision.id, decision.submission_id, title, before, after, decision.settles_at,
        waits or decision.state == "taken", _lane(decision),
    )  # fmt: skip


def _lane(decision: Decision) -> str:
    status = lifecycle.MOVES[VERDICTS[decision.verdict]].target
    return next(lane for lane, statuses in lifecycle.LANES.items() if status in statuses)
