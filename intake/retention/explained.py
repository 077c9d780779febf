"""Reasons why a submission is still there: the rule, the day of the deletion, or the hold."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from intake import wording
from intake.errors import NotFound
from intake.models import Submission
from intake.plurals import READER, desk_noop, ngettext_noop
from intake.retention import RetentionRule, due, holds, night_after, rule_of, steps
from intake.settings import Settings

NO_RULE = desk_noop("It is neither accepted nor rejected yet. Age never deletes such a submission.")
PURGED = desk_noop("All of it is deleted. Only its number and its history are left.")
ASKED = desk_noop("A legal hold until %(day)s is asked for. A second person has to confirm it.")
HELD = desk_noop("A legal hold keeps it until %(day)s, or until the hold is released.")
WITHDRAWN = desk_noop(
    "Its contributor withdrew it. It is deleted as soon as a worker can, and on %(day)s at the latest."
)
WHOLE = desk_noop(
    "Rule for “%(status)s” in %(section)s: deleted %(span)s after the decision. This one goes on %(day)s."
)
NOTHING_LEFT = desk_noop(
    "The text of accepted submissions is kept. No contact details or messages of the contributor are left."
)
CONTACT = desk_noop(
    "The text of accepted submissions is kept. Contact details and the contributor’s messages go on %(day)s, %(span)s after the"
    " last decision or message."
)
NEXT_DAY = desk_noop("the next day")
DAYS = ngettext_noop("%(num)s day", "%(num)s days")


@dataclass(frozen=True)
class Retention:
    """Reason why a submission is still there, as a sentence. Days are in UTC.

    `rule` is a key of retention.RULES, or None if no rule applies. `deletes_on` is the day at whose beginning the rule acts,
    or None during a legal hold, or if nothing is left to delete.
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
    asked = holds.asked_until(session, submission_id)
    more = " " + READER.gettext(ASKED) % {"day": READER.day(asked)} if asked else ""
    name = rule.name if rule else None
    if held:
        sentence = READER.gettext(HELD) % {"day": READER.day(held)}
        return Retention(sentence + more, name, None, held)
    if rule is None:
        said = PURGED if submission.status == "purged" else NO_RULE
        return Retention(READER.gettext(said) + more, None, None, None)
    found = steps.in_force(session, config)
    at = due.due_at(session, submission, found)
    on = night_after(at) if at else None
    return Retention(_sentence(rule, submission, found, on) + more, name, on, None)


def _sentence(rule: RetentionRule, submission: Submission, found: steps.Steps, on: date | None) -> str:
    days = steps.of(found, rule, submission.section)[0].days
    span = READER.ngettext(*DAYS, days) % {"num": READER.number(days)}
    words = {
        "span": span,
        "day": READER.day(on) if on else READER.gettext(NEXT_DAY),
        "section": submission.section,
    }
    if rule.name == "withdrawn":
        return READER.gettext(WITHDRAWN) % words
    if rule.whole:
        return READER.gettext(WHOLE) % {**words, "status": READER.gettext(wording.STATUS[submission.status])}
    return READER.gettext(NOTHING_LEFT if on is None else CONTACT) % words
