"""Figures for `/metrics`, all from the database. None of them identifies a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from intake.health.status import SystemStatus, system_status
from intake.models import JobTotal, Photo, Submission
from intake.models.job_figures import BOUNDS


@dataclass(frozen=True)
class Histogram:
    """`counts` has one entry per bucket, not cumulative, and one more than BOUNDS.

    `seconds` is the sum of all values.
    """

    counts: list[int]
    seconds: float


@dataclass(frozen=True)
class Metrics:
    """All figures of one moment.

    Keys: `ended` by (queue, outcome), `spans` by (measure, queue), `photos` by (status, reason),
    `submissions` by status.
    """

    system: SystemStatus
    ended: dict[tuple[str, str], int]
    spans: dict[tuple[str, str], Histogram]
    photos: dict[tuple[str, str], int]
    submissions: dict[str, int]

    @property
    def now(self) -> datetime:
        """Time of the figures, by the database's clock."""
        return self.system.now


def metrics(session: Session) -> Metrics:
    """Read all figures, in a few queries."""
    ended: dict[tuple[str, str], int] = {}
    spans: dict[tuple[str, str], Histogram] = {}
    # In a fixed order: a float sum in another order may be smaller in the last digit, which a monitor takes for a restart.
    for total in session.scalars(select(JobTotal).order_by(*inspect(JobTotal).primary_key)):
        if total.measure == "run":
            ended[total.queue, total.outcome] = ended.get((total.queue, total.outcome), 0) + total.count
        old = spans.get((total.measure, total.queue), Histogram([0] * (len(BOUNDS) + 1), 0.0))
        counts = list(old.counts)
        counts[total.bucket] += total.count
        spans[total.measure, total.queue] = Histogram(counts, old.seconds + total.seconds)
    return Metrics(system_status(session), ended, spans, _photos(session), _submissions(session))


def _photos(session: Session) -> dict[tuple[str, str], int]:
    rows = select(Photo.status, Photo.reason, func.count()).group_by(Photo.status, Photo.reason)
    return {(status, reason or ""): count for status, reason, count in session.execute(rows)}


def _submissions(session: Session) -> dict[str, int]:
    rows = select(Submission.status, func.count()).group_by(Submission.status)
    return dict(session.execute(rows).all())
