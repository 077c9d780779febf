"""Counting the jobs that ended, once each, a while after they did."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Float, Select, func, literal, select
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.orm import Session

from intake.job_kinds import QUEUES
from intake.models import Job, JobsCounted, JobTotal
from intake.models.job import NOT_A_CANARY
from intake.models.job_figures import BOUNDS, MEASURES

LAG = timedelta(seconds=60)
"""A job ends with the time at which its last transaction began; all that began so long ago are over."""


def count_ended(session: Session) -> None:
    """Add to the totals what has ended since they were last added to; at first nothing. Two at once wait for each other, and count once."""
    begin = insert(JobsCounted).values(id=1, until=func.now() - LAG).on_conflict_do_nothing()
    session.execute(begin)
    counted = session.get_one(JobsCounted, 1, with_for_update=True)
    until = session.scalars(select(func.now() - LAG)).one()
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
