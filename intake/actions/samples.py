"""What each queue is like, put down every few minutes."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.job_kinds import QUEUES
from intake.models import Job, QueueSample
from intake.models.job import NOT_A_CANARY
from intake.models.job_figures import EVERY_SECONDS

KEPT = timedelta(days=2)


def take(session: Session, at: datetime) -> None:
    """Put down what every queue is like; nothing if somebody has done so for `at`, a multiple of EVERY_SECONDS."""
    span = timedelta(seconds=EVERY_SECONDS)
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


def forget(session: Session, after: timedelta) -> None:
    """Delete what was put down longer than `after` ago."""
    session.execute(delete(QueueSample).where(QueueSample.at < func.now() - after))


def _counts(session: Session, *which: ColumnElement[bool]) -> dict[str, int]:
    counted = (
        select(Job.queue, func.count()).where(NOT_A_CANARY, Job.queue.in_(QUEUES), *which).group_by(Job.queue)
    )
    return dict(session.execute(counted).all())
