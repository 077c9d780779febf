"""Periods in force. A shorter period counts at once for nobody: it waits for NOTICE, unless an admin confirmed it.

A submission is due at the earliest step: when its days are over, and not before the step is in force.
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

    Settings that the nightly job has not seen yet get their notice from the coming night on, as that job will give it.
    """
    return merged(session, config or settings(), seen_in=NIGHT)


def adopt(session: Session, config: Settings | None = None, at_once: Collection[str] = ()) -> Steps:
    """Store the periods of the settings as steps, and return them. The rules `at_once` need no notice.

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
    """Return the stored steps with the periods of the settings, which the job sees in the time `seen_in`."""
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
    """Add a period to steps. Shorter ones end. Longer ones count until it is in force.

    `noticed` is when it comes into force if it deletes more than before. The first period ever does: nothing was deleted.
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
