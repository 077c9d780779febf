"""Figures of the queues over time: samples for the admin page, and totals for `/metrics`.

A sample is a row with the number of waiting, created and ended jobs of one queue, stored every five minutes.
"""

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
    """Store one sample per queue for the time `at`, a multiple of SAMPLE_SECONDS.

    Samples that exist already for this time stay unchanged.
    """
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
    """Delete queue samples older than `after`."""
    session.execute(delete(QueueSample).where(QueueSample.at < func.now() - after))


def _counts(session: Session, *which: ColumnElement[bool]) -> dict[str, int]:
    counted = (
        select(Job.queue, func.count()).where(NOT_A_CANARY, Job.queue.in_(QUEUES), *which).group_by(Job.queue)
    )
    return dict(session.execute(counted).all())


DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sample:
    """Number of jobs of one queue that were waiting at the time `at`.

    `came` and `ended` are the numbers of jobs created and ended within the SAMPLE_SECONDS before `at`.
    """

    at: datetime
    waiting: int
    came: int
    ended: int


def last_day(session: Session, now: datetime) -> dict[str, list[Sample]]:
    """Name of a queue → its samples of the last 24 hours, oldest first. A queue's list may be empty."""
    found: dict[str, list[Sample]] = {queue: [] for queue in QUEUES}
    rows = select(QueueSample).where(QueueSample.at > now - DAY).order_by(QueueSample.at)
    for row in session.scalars(rows):
        found[row.queue].append(Sample(row.at, row.waiting, row.came, row.ended))
    return found


COUNTING_LAG = timedelta(seconds=60)
"""Delay before an ended job is added to the totals.

`finished_at` is the start of the job's last transaction. The job may commit later than that.
"""


def count_ended(session: Session) -> None:
    """Add the jobs that ended since the last call to the totals. The first call only stores its time.

    A row lock serializes concurrent calls, so that each job is counted once.
    """
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
    # A bucket of `width_bucket` includes its lower bound, a bucket of Prometheus its upper bound. The two
    # differ only for a value exactly on a bound.
    bucket = func.width_bucket(seconds, array([literal(bound, Float) for bound in BOUNDS]))
    return (
        select(Job.queue, Job.status, literal(measure), bucket, func.count(), func.sum(seconds))
        .where(which, Job.queue.in_(QUEUES), NOT_A_CANARY, Job.started_at.is_not(None))
        .group_by(Job.queue, Job.status, bucket)
    )
