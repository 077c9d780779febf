"""Log of incidents: each change of the health report, kept for a year.

The processes that watch the health write the log. Views of a page change nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.health.checks import HealthReport
from intake.models import Incident, Job
from intake.models.job import NOT_A_CANARY

KEPT = timedelta(days=365)
PAGE = 25

SAME_WITHIN = timedelta(seconds=60)
"""A fault that comes back within this time after its end continues its incident."""

UNWATCHED_AFTER = timedelta(seconds=60)
"""Time without a check of the health after which an incident is logged."""

UNWATCHED = "Nothing was checked: Transom was stopped, or the database did not answer."


@dataclass(frozen=True)
class IncidentEntry:
    """Incident of the log. `ended_at` is None while the incident is open.

    `seconds` is its duration, until now if it is open. `most_waiting` is the largest number of submissions that
    waited. `returned` counts how often the fault came back within a minute after its end.
    """

    id: int
    cause: str
    fault: str
    started_at: datetime
    ended_at: datetime | None
    seconds: int
    most_waiting: int
    returned: int


@dataclass(frozen=True)
class IncidentPage:
    """Page of incidents, newest first. `next` is the id after which the next page begins, or None."""

    items: list[IncidentEntry]
    next: int | None


def note(session: Session, report: HealthReport, now: datetime, looked_at: datetime) -> None:
    """Log what has changed since the last check of the health, at `looked_at`.

    Only one process may do this at a time.
    """
    current = session.scalar(select(Incident).where(Incident.ended_at.is_(None)))
    if current is None and now - looked_at > UNWATCHED_AFTER:
        session.add(
            Incident(
                cause="unwatched",
                fault=UNWATCHED,
                started_at=looked_at,
                ended_at=now,
                most_waiting=_waiting(session),
            )
        )
    if current is not None and (current.cause, current.fault) != (report.cause, report.fault):
        current.ended_at, current = now, None
    # A unique index allows one open incident, so flush the end of this one before the next is inserted.
    session.flush()
    if report.ok:
        return
    if current is None:
        current = _continued(session, report, now) or _new(session, report, now)
    current.most_waiting = max(current.most_waiting, _waiting(session))


def _continued(session: Session, report: HealthReport, now: datetime) -> Incident | None:
    lately = select(Incident).where(
        Incident.cause == report.cause, Incident.fault == report.fault, Incident.ended_at >= now - SAME_WITHIN
    )
    found = session.scalar(lately.order_by(Incident.id.desc()).limit(1))
    if found is not None:
        found.ended_at, found.returned = None, found.returned + 1
    return found


def _new(session: Session, report: HealthReport, now: datetime) -> Incident:
    made = Incident(cause=report.cause, fault=report.fault, started_at=now, most_waiting=0)
    session.add(made)
    return made


def _waiting(session: Session) -> int:
    """Number of submissions with a job that is due and not started."""
    due = Job.status.in_(("pending", "sent")) & (Job.run_at <= func.now())
    return session.scalar(select(func.count(Job.submission_id.distinct())).where(due, NOT_A_CANARY)) or 0


def incident_page(session: Session, after: int | None = None, limit: int = PAGE) -> IncidentPage:
    """Page of incidents, from the newest or after the incident with the id `after`."""
    query = select(Incident, func.now()).order_by(Incident.id.desc()).limit(limit + 1)
    rows = session.execute(query.where(Incident.id < after) if after else query).all()
    items = [_entry(incident, now) for incident, now in rows[:limit]]
    return IncidentPage(items, items[-1].id if len(rows) > limit else None)


def latest(session: Session) -> IncidentEntry | None:
    """The open incident, or else the newest. None if the log is empty."""
    is_open = Incident.ended_at.is_(None)
    row = session.execute(
        select(Incident, func.now()).order_by(is_open.desc(), Incident.id.desc()).limit(1)
    ).first()
    return _entry(*row) if row else None


def _entry(incident: Incident, now: datetime) -> IncidentEntry:
    until = incident.ended_at or now
    return IncidentEntry(
        incident.id,
        incident.cause,
        incident.fault,
        incident.started_at,
        incident.ended_at,
        int((until - incident.started_at).total_seconds()),
        incident.most_waiting,
        incident.returned,
    )


def count_since(session: Session, days: int) -> int:
    """Number of incidents that began within the last `days`."""
    lately = Incident.started_at > func.now() - timedelta(days=days)
    return session.scalar(select(func.count()).where(lately)) or 0


def forget_old(session: Session) -> None:
    """Delete incidents that ended longer than KEPT ago."""
    session.execute(delete(Incident).where(Incident.ended_at < func.now() - KEPT))
