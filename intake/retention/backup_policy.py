"""Policy of the setting TRANSOM_BACKUP_KEEP: which backups stay, and when no backup contains a deleted submission any more.

`7d,4w,6m` keeps the newest backup of each of the last 7 days, of each of the last 4 weeks and of each of the last 6 months.
Each number also limits the age of backups, so a pause in making backups keeps none longer. Times are in UTC.
"""

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from intake.settings import Settings, split_list

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNITS: dict[str, tuple[timedelta, Callable[[datetime], Any]]] = {
    "h": (HOUR, lambda at: (at.date(), at.hour)),
    "d": (DAY, lambda at: at.date()),
    "w": (7 * DAY, lambda at: at.isocalendar()[:2]),
    "m": (31 * DAY, lambda at: (at.year, at.month)),
}
"""Letter → (longest duration of one period, function that maps a time to a key of its period)."""
OVERDUE = 1.5
"""Number of intervals between backups. If the newest backup is older than this, a backup was missed."""
WITHOUT_POLICY = 7 * DAY
"""Age of the newest backup from which a backup counts as missed if no policy sets the interval."""


@dataclass(frozen=True)
class KeepRule:
    """Rule such as `4w`. `unit` is a key of UNITS."""

    number: int
    unit: str

    @property
    def span(self) -> timedelta:
        """Age from which the rule keeps no backup."""
        return self.number * UNITS[self.unit][0]

    def kept(self, times: Collection[datetime], now: datetime) -> set[datetime]:
        """Return the newest time of each period. Backups expire up to 6 hours early, so that an early run still drops them."""
        unit, period = UNITS[self.unit]
        limit = self.span - min(unit / 4, DAY / 4)
        return set({period(at): at for at in sorted(times) if now - at < limit}.values())


@dataclass(frozen=True)
class Policy:
    """Policy of at least one rule. A backup stays if any rule keeps it."""

    rules: tuple[KeepRule, ...]

    def __str__(self) -> str:
        return ", ".join(f"{rule.number}{rule.unit}" for rule in self.rules)

    @property
    def interval(self) -> timedelta:
        """Longest time between two backups with which each period has one."""
        return min(UNITS[rule.unit][0] for rule in self.rules)

    @property
    def days(self) -> int:
        """Whole days after which a backup is deleted, if backups are made at every interval."""
        return math.ceil((max(rule.span for rule in self.rules) + self.interval) / DAY)

    def kept(self, times: Collection[datetime], now: datetime) -> set[datetime]:
        """Return the times of the backups that stay. The newest always does."""
        kept = {max(times)} if times else set()
        return kept.union(*(rule.kept(times, now) for rule in self.rules))


def of(config: Settings) -> Policy | None:
    """Return the policy of the settings, or None if backups are not rotated."""
    rules = [re.fullmatch(r"(\d+)([hdwm])", part) for part in split_list(config.backup_keep)]
    found = tuple(KeepRule(int(rule[1]), rule[2]) for rule in rules if rule)
    return Policy(found) if found else None


def deleted_after_days(config: Settings) -> int:
    """Return the days after which a deleted submission is in no backup any more, or 0 if the settings name none."""
    policy = of(config)
    return max(policy.days if policy else 0, config.backup_days)


def overdue_after(config: Settings) -> timedelta:
    """Return the age of the newest backup from which a backup counts as missed."""
    policy = of(config)
    return OVERDUE * policy.interval if policy else WITHOUT_POLICY
