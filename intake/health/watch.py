"""Regular check of the health: writes the log of incidents, and says when the outside monitor is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.health import incidents
from intake.health.checks import HealthReport
from intake.health.status import health_report
from intake.models import HealthWatch

LOOK_SECONDS = 5.0
"""Interval between two checks. Every watching process tries, but only one does the check."""

NOT_ANSWERED = "has not answered yet"

JUST_NOW = timedelta(seconds=LOOK_SECONDS / 2)


@dataclass(frozen=True)
class MonitorStatus:
    """Last request to the outside monitor. `ok` is the health that it reported. `error` is empty if the monitor answered well.

    `answered_at` is the time of the last good answer.
    """

    at: datetime
    ok: bool
    error: str
    answered_at: datetime | None


def check(session: Session) -> HealthReport | None:
    """Check the health and log what changed. Returns None if another process is checking it, or has just done so."""
    session.execute(insert(HealthWatch).values(id=1, told_error="").on_conflict_do_nothing())
    watch = session.scalar(select(HealthWatch).with_for_update(skip_locked=True))
    now = session.scalars(select(func.now())).one()
    if watch is None or now - watch.looked_at < JUST_NOW:
        return None
    report = health_report(session)
    incidents.note(session, report, now, watch.looked_at)
    watch.looked_at = now
    return report


def claim_request(session: Session, report: HealthReport, seconds: int) -> bool:
    """Return whether the outside monitor is due, and if so, note that it is asked now.

    A good report is due every `seconds`, and at once after a bad one. A bad report is due once. It is repeated
    after `seconds` until the monitor has answered well.
    """
    watch = session.get(HealthWatch, 1, with_for_update=True)
    if watch is None:
        return False
    now = session.scalars(select(func.now())).one()
    is_old = watch.told_at is None or now - watch.told_at >= timedelta(seconds=seconds)
    changed = watch.told_ok is not report.ok
    if not changed and not (is_old and (report.ok or watch.told_error)):
        return False
    # If this process dies before the answer, the request counts as failed and is repeated.
    watch.told_at, watch.told_ok, watch.told_error = now, report.ok, NOT_ANSWERED
    return True


def store_answer(session: Session, error: str) -> None:
    """Store the result of the request that `claim_request` claimed. `error` is empty if it was answered well."""
    watch = session.get_one(HealthWatch, 1, with_for_update=True)
    watch.told_error = error
    if not error:
        watch.answered_at = session.scalars(select(func.now())).one()


def monitor_status(session: Session) -> MonitorStatus | None:
    """Last request to the outside monitor. None if there was none, for example because no monitor is set."""
    watch = session.get(HealthWatch, 1)
    if watch is None or watch.told_at is None or watch.told_ok is None:
        return None
    return MonitorStatus(watch.told_at, watch.told_ok, watch.told_error, watch.answered_at)
