"""Steps of a submission from arrival to the end, for its contributor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wording
from intake.models import Decision, Event, Submission
from intake.plurals import ENGLISH, Translator, gettext_noop

Reached = tuple[str, datetime | None]

ARRIVED, CLEANED, DECIDED = gettext_noop("Arrived"), gettext_noop("Cleaned"), gettext_noop("Decided")
"""Labels of the steps that every submission has."""

# Event → label of a step. ANSWER_STEPS belong to a request for changes.
# FINAL_STEPS follow a decision, or come without a decision.
ANSWER_STEPS = {
    "submission.changes_requested": wording.STATUS["changes_requested"],
    "answer.received": wording.ANSWERED,
}
FINAL_STEPS = {
    f"submission.{status}": wording.STATUS[status]
    for status in ("published", "retracted", "withdrawn", "purged")
}
# Verdict → status whose label the contributor sees. Other verdicts are not final decisions.
FINAL = {"accept": "accepted", "reject": "rejected", "spam": "rejected"}


@dataclass(frozen=True)
class Step:
    """Step in the progress of a submission. `at` is when the submission reached the step, or None."""

    word: str
    at: datetime | None
    done: bool
    current: bool


def steps(session: Session, submission: Submission, translator: Translator = ENGLISH) -> list[Step]:
    """Return the steps from arrival to the end. A decision is shown once it can no longer be undone."""
    begun: list[Reached] = [(ARRIVED, submission.received_at), (CLEANED, submission.screened_at)]
    reached = [*begun, *_happened(session, submission, ANSWER_STEPS), _decided(session, submission)]
    afterwards = _afterwards(session, submission)
    if afterwards:
        # After a final step, a submission cannot reach the steps that it has not reached yet.
        reached = [step for step in reached if step[1]] + afterwards
    latest = max(i for i, (_, at) in enumerate(reached) if at)
    return [
        Step(translator.gettext(word), at, at is not None, i == latest)
        for i, (word, at) in enumerate(reached)
    ]


def _afterwards(session: Session, submission: Submission) -> list[Reached]:
    """Return the final steps, without those that were taken back, such as a publication before a retraction."""
    happened = _happened(session, submission, FINAL_STEPS)
    if submission.status == "accepted":
        return []
    order = [wording.STATUS["published"], wording.STATUS["retracted"]]
    latest = dict(happened)
    if submission.status == "published":
        latest.pop(wording.STATUS["retracted"], None)
    if submission.published_at is None:
        latest.pop(wording.STATUS["published"], None)
    return sorted(latest.items(), key=lambda step: order.index(step[0]) if step[0] in order else len(order))


def _decided(session: Session, submission: Submission) -> Reached:
    standing = session.execute(
        select(Decision.verdict, Decision.decided_at).where(
            Decision.submission_id == submission.id, Decision.state == "standing", Decision.verdict.in_(FINAL)
        )
    ).one_or_none()
    return (wording.STATUS[FINAL[standing.verdict]], standing.decided_at) if standing else (DECIDED, None)


def _happened(session: Session, submission: Submission, words: dict[str, str]) -> list[Reached]:
    query = select(Event.name, Event.at).where(Event.submission_id == submission.id, Event.name.in_(words))
    return [(words[name], at) for name, at in session.execute(query.order_by(Event.id))]
