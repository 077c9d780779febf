"""Schedules: when each kind of scheduled job was last started, is next due, and how often it was missed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Job
from intake.models.job import ACTIVE_STATUSES
from intake.subscriptions import SCHEDULES

GRACE = timedelta(seconds=60)
"""Time after its due time when a scheduled job that was not started counts as missed."""


@dataclass(frozen=True)
class Schedule:
    """Kind of scheduled job with its period.

    `missed` is the number of due times since the last start. `missed` stays 0 while a job of the kind is
    unfinished, because the scheduler does not start another one until then. Due times before the end of the last
    job do not count either.
    """

    kind: str
    every: timedelta
    last_at: datetime | None
    next_at: datetime
    under_way: bool
    missed: int


def schedules(session: Session, now: datetime | None = None) -> list[Schedule]:
    """All schedules, longest period first. `now` defaults to the time of the database."""
    now = now or session.scalars(select(func.now())).one()
    clocks = (
        select(
            Job.kind,
            func.max(Job.created_at),
            func.max(Job.finished_at),
            func.bool_or(Job.status.in_(ACTIVE_STATUSES)),
        )
        .where(Job.slot.is_not(None), Job.kind.in_(SCHEDULES))
        .group_by(Job.kind)
    )
    found = {kind: (last, ended, under_way) for kind, last, ended, under_way in session.execute(clocks)}
    every = sorted(SCHEDULES.items(), key=lambda pair: -pair[1])
    return [_schedule(kind, seconds, *found.get(kind, (None, None, False)), now) for kind, seconds in every]


def _schedule(
    kind: str,
    seconds: int,
    last: datetime | None,
    ended: datetime | None,
    under_way: bool,
    now: datetime,
) -> Schedule:
    begun = int(now.timestamp()) // seconds
    next_at = datetime.fromtimestamp((begun + 1) * seconds, UTC)
    missed = 0
    if last is not None and not under_way:
        # A worker that hung for minutes ends the last job late. The scheduler could not start another one until
        # then, and is not to blame for it.
        free = max(last, ended or last)
        if now - free > timedelta(seconds=seconds) + GRACE:
            missed = begun - int(free.timestamp()) // seconds
    return Schedule(kind, timedelta(seconds=seconds), last, next_at, under_way, missed)
