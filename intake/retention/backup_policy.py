"""Policy of the setting TRANSOM_BACKUP_KEEP: which backups stay, and when a deleted submission is in none any more.

`7d,4w,6m` keeps the newest backup of each of the last 7 days, of each of the last 4 weeks and of each of the last 6 months.
Each number is a limit of age, too: after a pause, nothing stays longer. Times are in UTC.
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
"""Letter → longest span of one period, and the period of a time."""
OVERDUE = 1.5
"""Age of the newest backup, in intervals between two backups, from which one was missed."""
WITHOUT_POLICY = 7 * DAY
"""Age of the newest backup from which one was missed if no policy says how often they are made."""


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
        """Return the newest time of each period. A run that is a quarter of a period early still ends them."""
        unit, period = UNITS[self.unit]
        limit = self.span - min(unit / 4, DAY / 4)
        return set({period(at): at for at in sorted(times) if now - at < limit}.values())


@dataclass(frozen=True)
class Policy:
    """Rules, at least one."""

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
    """Return the age of the newest backup from which a backup was missed."""
    policy = of(config)
    return OVERDUE * policy.interval if policy else WITHOUT_POLICY
