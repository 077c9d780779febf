"""What the queues were like over the last day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.job_kinds import QUEUES
from intake.models import QueueSample

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sample:
    """Jobs that were waiting at a moment, and that came and ended since the sample before."""

    at: datetime
    waiting: int
    came: int
    ended: int


def days(session: Session, now: datetime) -> dict[str, list[Sample]]:
    """The last day of every queue, in the order of time; empty for one of which nothing was put down."""
    found: dict[str, list[Sample]] = {queue: [] for queue in QUEUES}
    rows = select(QueueSample).where(QueueSample.at > now - DAY).order_by(QueueSample.at)
    for row in session.scalars(rows):
        found[row.queue].append(Sample(row.at, row.waiting, row.came, row.ended))
    return found
