"""What each queue is like, put down every few minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Float, Select, delete, func, literal, select
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.orm import Session

from intake.job_kinds import QUEUES
from intake.models import Job, JobsCounted, JobTotal, QueueSample
from intake.models.job import NOT_A_CANARY
from intake.models.job_figures import BOUNDS, MEASURES, SAMPLE_SECONDS

SAMPLES_KEPT = timedelta(days=2)


def take_samples(session: Session, at: datetime) -> None:
    """Put down what every queue is like; nothing if somebody has done so for `at`, a multiple of SAMPLE_SECONDS."""
    span = timedelta(seconds=SAMPLE_SECONDS)
    not_begun = Job.status.in_(("pending", "sent")) & (Job.run_at <= func.now())
    figures = {
        "waiting": _counts(session, not_begun),
        "came": _counts(session, Job.created_at > at - span, Job.created_at <= at),
        "ended": _counts(session, Job.finished_at > at - span, Job.finished_at <= at),
    }
    rows = [
        {"queue": queue, "at": at, **{name: of.get(queue, 0) for name, of in figures.items()}}
        for queue in QUEUES
    ]
    session.execute(insert(QueueSample).values(rows).on_conflict_do_nothing())


def forget_samples(session: Session, after: timedelta) -> None:
    """Delete what was put down longer than `after` ago."""
    session.execute(delete(QueueSample).where(QueueSample.at < func.now() - after))


def _counts(session: Session, *which: ColumnElement[bool]) -> dict[str, int]:
    counted = (
        select(Job.queue, func.count()).where(NOT_A_CANARY, Job.queue.in_(QUEUES), *which).group_by(Job.queue)
    )
    return dict(session.execute(counted).all())


DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sample:
    """Jobs that were waiting at a moment, and that came and ended since the sample before."""

    at: datetime
    waiting: int
    came: int
    ended: int


def last_day(session: Session, now: datetime) -> dict[str, list[Sample]]:
    """The last day of every queue, in the order of time; empty for one of which nothing was put down."""
    found: dict[str, list[Sample]] = {queue: [] for queue in QUEUES}
    rows = select(QueueSample).where(QueueSample.at > now - DAY).order_by(QueueSample.at)
    for row in session.scalars(rows):
        found[row.queue].append(Sample(row.at, row.waiting, row.came, row.ended))
    return found


COUNTING_LAG = timedelta(seconds=60)
"""A job ends with the time at which its last transaction began; all that began so long ago are over."""


def count_ended(session: Session) -> None:
    """Add to the totals what has ended since they were last added to; at first nothing. Two at once wait for each other, and count once."""
    begin = insert(JobsCounted).values(id=1, until=func.now() - COUNTING_LAG).on_conflict_do_nothing()
    session.execute(begin)
    counted = session.get_one(JobsCounted, 1, with_for_update=True)
    until = session.scalars(select(func.now() - COUNTING_LAG)).one()
    if counted.until >= until:
        return
    for measure in MEASURES:
        _add(session, measure, (Job.finished_at > counted.until) & (Job.finished_at <= until))
    counted.until = until


def _add(session: Session, measure: str, which: ColumnElement[bool]) -> None:
    new = insert(JobTotal).from_select(
        ["queue", "outcome", "measure", "bucket", "count", "seconds"], _sums(measure, which)
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["queue", "outcome", "measure", "bucket"],
            set_={
                "count": JobTotal.count + new.excluded.count,
                "seconds": JobTotal.seconds + new.excluded.seconds,
            },
        )
    )


def _sums(measure: str, which: ColumnElement[bool]) -> "Select[tuple[str, str, str, int, int, float]]":
    span = {"wait": Job.started_at - Job.run_at, "run": Job.finished_at - Job.started_at}[measure]
    seconds = func.greatest(func.extract("epoch", span).cast(Float), 0.0)
    # `width_bucket` takes lower bounds, Prometheus upper ones: what lies on a bound differs, and nothing lies there for long.
    bucket = func.width_bucket(seconds, array([literal(bound, Float) for bound in BOUNDS]))
    return (
        select(Job.queue, Job.status, literal(measure), bucket, func.count(), func.sum(seconds))
        .where(which, Job.queue.in_(QUEUES), NOT_A_CANARY, Job.started_at.is_not(None))
        .group_by(Job.queue, Job.status, bucket)
    )
