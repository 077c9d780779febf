"""Days of deletion, as shown to contributors. They must not reveal that a submission was marked as spam."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from intake.models import Submission
from intake.retention import due, holds, most_days, night_after, rule_of, steps
from intake.settings import Settings, settings


@dataclass(frozen=True)
class DeletionDates:
    """Days in UTC by which the submission (`deletes_on`) or its contact and messages (`contact_deleted_on`) are deleted.

    `held_until` is the last day of a legal hold. Then the other two are None.
    """

    deletes_on: date | None = None
    contact_deleted_on: date | None = None
    held_until: date | None = None


def for_contributor(session: Session, submission: Submission) -> DeletionDates:
    """Return the days that the receipt page shows. All are None where no day is certain."""
    if held := holds.held_until(session, submission.id):
        return DeletionDates(held_until=held)
    rule = rule_of(submission.status)
    if rule is None or rule.name == "withdrawn":
        return DeletionDates()
    found = steps.in_force(session, settings())
    if rule.whole:
        # Show the same day for both verdicts, so that it does not reveal spam. The later day is true for both.
        as_either = [due.due_at_as(session, submission, found, name) for name in ("rejected", rule.name)]
        return DeletionDates(deletes_on=night_after(max(as_either)))
    at = due.due_at(session, submission, found)
    return DeletionDates(contact_deleted_on=night_after(at) if at else None)


def days_before_sending(config: Settings, section: str = "") -> dict[str, int]:
    """Return {rule: days} to show before sending. Without a section, the longest of all. "rejected" covers spam, too."""
    sections = [section] if section else config.section_names
    against = max(most_days(config, name, sections) for name in ("rejected", "spam"))
    return {"rejected": against, "contact": most_days(config, "contact", sections)}
