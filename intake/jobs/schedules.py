"""What the clock starts: when it last did, when it will next, and what it has missed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Job
from intake.models.job import ACTIVE_STATUSES
from intake.subscriptions import SCHEDULES

GRACE = timedelta(seconds=60)
"""The clock may start something so much later than it is due."""


@dataclass(frozen=True)
class Schedule:
    """A kind of job and its period; `missed` is how often it was due since it was last started, and not started.

    While one is under way no other is started, and none is missed.
    """

    kind: str
    every: timedelta
    last_at: datetime | None
    next_at: datetime
    under_way: bool
    missed: int


def schedules(session: Session, now: datetime | None = None) -> list[Schedule]:
    """All, those that come most often last; `now` is that of the database."""
    now = now or session.scalars(select(func.now())).one()
    clocks = (
        select(Job.kind, func.max(Job.created_at), func.bool_or(Job.status.in_(ACTIVE_STATUSES)))
        .where(Job.slot.is_not(None), Job.kind.in_(SCHEDULES))
        .group_by(Job.kind)
    )
    found = {kind: (last, under_way) for kind, last, under_way in session.execute(clocks)}
    every = sorted(SCHEDULES.items(), key=lambda pair: -pair[1])
    return [_schedule(kind, seconds, *found.get(kind, (None, False)), now) for kind, seconds in every]


def _schedule(kind: str, seconds: int, last: datetime | None, under_way: bool, now: datetime) -> Schedule:
    begun = int(now.timestamp()) // seconds
    next_at = datetime.fromtimestamp((begun + 1) * seconds, UTC)
    missed = 0
    if last is not None and not under_way and now - last > timedelta(seconds=seconds) + GRACE:
        missed = begun - int(last.timestamp()) // seconds
    return Schedule(kind, timedelta(seconds=seconds), last, next_at, under_way, missed)
