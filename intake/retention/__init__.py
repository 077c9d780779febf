"""Retention: rules by which age deletes submissions, and the periods that the settings choose.

Submissions without a decision have no rule. A legal hold suspends all rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from intake.settings import Settings, split_list
from intake.wording import stamp

NOTICE = timedelta(days=7)
"""Delay before a shortened period deletes anything, unless an admin confirmed the number of deletions."""
NIGHT = timedelta(days=1)
"""Time from one run of the job to the next."""
OTHERS = ""
"""Name that stands for all sections without a period of their own."""


@dataclass(frozen=True)
class RetentionRule:
    """Rule for some statuses. `setting` is the field of Settings with its periods.

    If `whole`, the rule deletes the submission. Otherwise, it deletes contact details and the contributor's messages.
    """

    name: str
    setting: str
    statuses: tuple[str, ...]
    label: str
    whole: bool = True


RULES = {
    rule.name: rule
    for rule in (
        RetentionRule("rejected", "rejected_days", ("rejected",), "Not accepted"),
        RetentionRule("spam", "spam_days", ("spam",), "Spam"),
        RetentionRule("withdrawn", "withdrawn_days", ("withdrawn",), "Withdrawn"),
        RetentionRule(
            "contact",
            "contact_days",
            ("accepted", "published", "retracted"),
            "Contact details and messages of accepted ones",
            whole=False,
        ),
    )
}
"""Name → rule."""
_OF_STATUS = {status: rule for rule in RULES.values() for status in rule.statuses}

Periods = Mapping[str, Mapping[str, int]]
"""Name of a rule → {section: days}. Each rule has OTHERS."""


def rule_of(status: str) -> RetentionRule | None:
    """Return the rule of a status, or None if no rule deletes submissions with this status."""
    return _OF_STATUS.get(status)


def periods(config: Settings) -> Periods:
    """Return the periods that the settings choose."""
    return {name: parsed(getattr(config, rule.setting)) for name, rule in RULES.items()}


def parsed(text: str) -> dict[str, int]:
    """Parse days such as `90, News=30` into {section: days}."""
    general, *single = split_list(text)
    found = {OTHERS: int(general)}
    for part in single:
        section, _, days = part.partition("=")
        found[section.strip()] = int(days)
    return found


def most_days(config: Settings, rule: str, sections: Iterable[str]) -> int:
    """Return the longest period of a rule in these sections, in days. At least NOTICE, which delays a shortened period."""
    chosen = periods(config)[rule]
    return max([NOTICE.days, *(chosen.get(section, chosen[OTHERS]) for section in sections)])


def night_after(due: datetime) -> date:
    """Return the day in UTC at whose beginning the nightly job first finds a submission that is due at `due`."""
    return midnight(due).date()


def midnight(at: datetime) -> datetime:
    """Return the next midnight in UTC, or the time itself if it is one."""
    return datetime.combine((at.astimezone(UTC) - timedelta(microseconds=1)).date(), time(), UTC) + NIGHT


def day_words(day: date) -> str:
    """Return a day such as `3 March 2027`."""
    return stamp(datetime(day.year, day.month, day.day, tzinfo=UTC)).partition(",")[0]
