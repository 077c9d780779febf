"""Figures for `/metrics`, all from the database. None of them identifies a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from intake.health.status import SystemStatus, system_status
from intake.health.web_load import totals
from intake.models import JobTotal, Photo, Submission
from intake.models.job_figures import BOUNDS


@dataclass(frozen=True)
class Histogram:
    """Histogram of durations.

    `counts` has the number of values in each bucket, not cumulative. It has one more entry than BOUNDS.
    `seconds` is the sum of all values.
    """

    counts: list[int]
    seconds: float


@dataclass(frozen=True)
class Metrics:
    """All figures for `/metrics`, read at one time.

    The keys of `ended` are (queue, outcome), of `spans` (measure, queue), of `photos` (status, reason), of
    `submissions` the status. The measures are `wait`, before a job starts, and `run`.
    """

    system: SystemStatus
    ended: dict[tuple[str, str], int]
    spans: dict[tuple[str, str], Histogram]
    photos: dict[tuple[str, str], int]
    submissions: dict[str, int]
    suspicious: int
    web_events: dict[str, int]

    @property
    def now(self) -> datetime:
        """Time of the figures, by the database's clock."""
        return self.system.now


def metrics(session: Session) -> Metrics:
    """Read all figures, in a few queries."""
    ended: dict[tuple[str, str], int] = {}
    spans: dict[tuple[str, str], Histogram] = {}
    # Add the floats in a fixed order. In another order, the sum may be smaller in the last digit, which
    # Prometheus takes for a restarted counter.
    for total in session.scalars(select(JobTotal).order_by(*inspect(JobTotal).primary_key)):
        if total.measure == "run":
            ended[total.queue, total.outcome] = ended.get((total.queue, total.outcome), 0) + total.count
        old = spans.get((total.measure, total.queue), Histogram([0] * (len(BOUNDS) + 1), 0.0))
        counts = list(old.counts)
        counts[total.bucket] += total.count
        spans[total.measure, total.queue] = Histogram(counts, old.seconds + total.seconds)
    return Metrics(
        system_status(session),
        ended,
        spans,
        _photos(session),
        _submissions(session),
        _suspicious(session),
        totals(session),
    )


def _photos(session: Session) -> dict[tuple[str, str], int]:
    rows = select(Photo.status, Photo.reason, func.count()).group_by(Photo.status, Photo.reason)
    return {(status, reason or ""): count for status, reason, count in session.execute(rows)}


def _suspicious(session: Session) -> int:
    return session.scalar(select(func.count()).where(Submission.lane == "suspicious")) or 0


def _submissions(session: Session) -> dict[str, int]:
    rows = select(Submission.status, func.count()).group_by(Submission.status)
    return dict(session.execute(rows).all())
