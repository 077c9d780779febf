"""The stations of a submission, for its contributor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wording
from intake.models import Decision, Event, Submission

Reached = tuple[str, datetime | None]

# What came of the desk's asking, and what a decision does not say: what became of the submission after it, or instead.
ON_THE_WAY = {
    "submission.changes_requested": wording.STATUS["changes_requested"],
    "answer.received": wording.ANSWERED,
}
AFTERWARDS = {
    f"submission.{status}": wording.STATUS[status] for status in ("published", "withdrawn", "purged")
}
# Verdict → the status that it is called by. Who is asked or kept waiting is not decided upon.
FINAL = {"accept": "accepted", "reject": "rejected", "spam": "rejected"}


@dataclass(frozen=True)
class Step:
    """One station on the way; `at` when it was reached."""

    word: str
    at: datetime | None
    done: bool
    current: bool


def steps(session: Session, submission: Submission) -> list[Step]:
    """From its arrival to its end. A decision is one only when it stands: until then nothing of it may show."""
    begun: list[Reached] = [("Arrived", submission.received_at), ("Cleaned", submission.screened_at)]
    reached = [*begun, *_happened(session, submission, ON_THE_WAY), _decided(session, submission)]
    afterwards = _happened(session, submission, AFTERWARDS)
    if afterwards:
        # What was not reached by now never will be.
        reached = [step for step in reached if step[1]] + afterwards
    latest = max(i for i, (_, at) in enumerate(reached) if at)
    return [Step(word, at, at is not None, i == latest) for i, (word, at) in enumerate(reached)]


def _decided(session: Session, submission: Submission) -> Reached:
    standing = session.execute(
        select(Decision.verdict, Decision.decided_at).where(
            Decision.submission_id == submission.id, Decision.state == "standing", Decision.verdict.in_(FINAL)
        )
    ).one_or_none()
    return (wording.STATUS[FINAL[standing.verdict]], standing.decided_at) if standing else ("Decided", None)


def _happened(session: Session, submission: Submission, words: dict[str, str]) -> list[Reached]:
    query = select(Event.name, Event.at).where(Event.submission_id == submission.id, Event.name.in_(words))
    return [(words[name], at) for name, at in session.execute(query.order_by(Event.id))]
