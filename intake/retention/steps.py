"""Retention periods in force, as steps. A shorter period takes effect after NOTICE, unless an admin confirmed it.

A submission is due as soon as the days of one step are over and that step's `not_before` has passed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.models import RetentionStep
from intake.retention import NIGHT, NOTICE, OTHERS, RetentionRule, midnight, periods
from intake.settings import Settings, settings


@dataclass(frozen=True)
class PeriodStep:
    """Period in days, and the time before which it deletes nothing."""

    days: int
    not_before: datetime


LOCK = 0x7265746E
"""Number of the advisory lock. Arbitrary: the letters "retn"."""
Steps = Mapping[str, Mapping[str, tuple[PeriodStep, ...]]]
"""Name of a rule → {section: its steps}. Each rule has OTHERS."""


def in_force(session: Session, config: Settings | None = None) -> Steps:
    """Return the steps that count now.

    For settings that the nightly job has not stored yet, NOTICE begins with the next night, when the job will store them.
    """
    return merged(session, config or settings(), seen_in=NIGHT)


def adopt(session: Session, config: Settings | None = None, at_once: Collection[str] = ()) -> Steps:
    """Store the periods of the settings as steps, and return them. Rules named in `at_once` take effect without notice.

    Another transaction that adopts periods waits until this one ends.
    """
    session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    found = merged(session, config or settings(), at_once=at_once)
    session.execute(delete(RetentionStep))
    session.add_all(
        RetentionStep(rule=rule, section=section, days=step.days, not_before=step.not_before)
        for rule, sections in found.items()
        for section, steps in sections.items()
        for step in steps
    )
    session.flush()
    return found


def merged(
    session: Session, config: Settings, *, at_once: Collection[str] = (), seen_in: timedelta = timedelta()
) -> Steps:
    """Return the stored steps merged with the periods of the settings. `seen_in` is the time until the job stores them."""
    now = session.scalars(select(func.now())).one()
    stored = _stored(session)
    found = {}
    for rule, days in periods(config).items():
        known = stored.get(rule, {})
        named = dict.fromkeys([OTHERS, *config.desk_sections, *days, *known])
        found[rule] = {
            section: _merge(
                known.get(section) or known.get(OTHERS, ()),
                days.get(section, days[OTHERS]),
                now,
                now if rule in at_once else midnight(now) + NOTICE + seen_in,
            )
            for section in named
        }
    return found


def of(found: Steps, rule: RetentionRule, section: str) -> tuple[PeriodStep, ...]:
    """Return the steps of a rule in a section."""
    return found[rule.name].get(section, found[rule.name][OTHERS])


def _merge(
    before: tuple[PeriodStep, ...], days: int, now: datetime, noticed: datetime
) -> tuple[PeriodStep, ...]:
    """Add a step of `days`. Steps with fewer days end. Steps with more days count until the new step is in force.

    `noticed` is when the new step comes into force if it deletes more than before. A first step does, so it waits, too.
    """
    kept = [one for one in before if one.days >= days]
    same = [one.not_before for one in kept if one.days == days]
    is_longer = bool(before) and not kept
    own = PeriodStep(days, min([now if is_longer else noticed, *same]))
    return (own, *(one for one in kept if one.days > days and own.not_before > now))


def _stored(session: Session) -> dict[str, dict[str, tuple[PeriodStep, ...]]]:
    found: dict[str, dict[str, tuple[PeriodStep, ...]]] = {}
    for row in session.scalars(select(RetentionStep).order_by(RetentionStep.days)):
        rule = found.setdefault(row.rule, {})
        rule[row.section] = (*rule.get(row.section, ()), PeriodStep(row.days, row.not_before))
    return found
