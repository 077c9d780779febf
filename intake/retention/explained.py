"""Reasons why a submission is still there: the rule, the day of the deletion, or the hold."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from intake import wording
from intake.errors import NotFound
from intake.models import Submission
from intake.retention import RetentionRule, day_words, due, holds, night_after, rule_of, steps
from intake.settings import Settings

NO_RULE = "It is neither accepted nor rejected yet. Age never deletes such a submission."
PURGED = "All of it is deleted. Only its number and its history are left."


@dataclass(frozen=True)
class Retention:
    """Reason why a submission is still there, as a sentence. Days are in UTC.

    `rule` is a key of retention.RULES, or None if age deletes nothing of it. `deletes_on` is the day at whose beginning the
    rule acts, or None while it is held and where nothing is left to delete.
    """

    sentence: str
    rule: str | None
    deletes_on: date | None
    held_until: date | None


def explain(session: Session, submission_id: uuid.UUID, config: Settings) -> Retention:
    """Return why a submission is still there. Raises NotFound."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    rule, held = rule_of(submission.status), holds.held_until(session, submission_id)
    name = rule.name if rule else None
    if held:
        sentence = f"A legal hold keeps it until {day_words(held)}, or until the hold is released."
        return Retention(sentence, name, None, held)
    if rule is None:
        return Retention(PURGED if submission.status == "purged" else NO_RULE, None, None, None)
    found = steps.in_force(session, config)
    at = due.due_at(session, submission, found)
    on = night_after(at) if at else None
    return Retention(_sentence(rule, submission, found, on), name, on, None)


def _sentence(rule: RetentionRule, submission: Submission, found: steps.Steps, on: date | None) -> str:
    days = steps.of(found, rule, submission.section)[0].days
    span = "1 day" if days == 1 else f"{days} days"
    if rule.name == "withdrawn":
        return f"Its contributor withdrew it. It is deleted as soon as a worker can, and on {_said(on)} at the latest."
    if rule.whole:
        said = wording.STATUS[submission.status]
        return f"Rule for “{said}” in {submission.section}: deleted {span} after the decision. This one goes on {_said(on)}."
    kept = "The text of accepted submissions is kept."
    if on is None:
        return f"{kept} No contact details or messages of the contributor are left."
    return f"{kept} Contact details and the contributor’s messages go on {_said(on)}, {span} after the last decision or message."


def _said(on: date | None) -> str:
    return day_words(on) if on else "the next day"
