"""Dry run of changed periods: how many submissions they would delete at once, beyond those that are due anyway."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.retention import NIGHT, NOTICE, RULES, RetentionRule, due, midnight, periods, steps
from intake.settings import Settings

LAST_NIGHT = NOTICE - NIGHT
"""Time from the next nightly run to the last one before the notice of a change ends."""


@dataclass(frozen=True)
class Shortened:
    """Rule with a shorter period. `tonight` and `later` count submissions that would be deleted if there were no notice.

    `tonight` counts the next nightly run, `later` the six runs after it.
    """

    rule: RetentionRule
    tonight: int
    later: int


def changed_rules(before: Settings, after: Settings) -> list[str]:
    """Return the names of the rules whose periods differ."""
    old, new = periods(before), periods(after)
    return [name for name in RULES if old[name] != new[name]]


def shortened(session: Session, after: Settings, changed: Sequence[str]) -> list[Shortened]:
    """Return the changed rules that, without notice, would delete more submissions before the notice ends."""
    with_notice, at_once = steps.merged(session, after), steps.merged(session, after, at_once=changed)
    now = due.now(session)
    night = midnight(now) - now
    found = []
    for rule in map(RULES.__getitem__, changed):
        tonight, week = (
            due.count(session, rule, at_once, ahead) - due.count(session, rule, with_notice, ahead)
            for ahead in (night, night + LAST_NIGHT)
        )
        later = max(0, week - tonight)
        if tonight or later:
            found.append(Shortened(rule, tonight, later))
    return found
