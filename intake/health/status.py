"""Health report, and the figures from which it is built."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from intake.audit import linking
from intake.health.checks import HealthReport, HealthSigns, check
from intake.health.versions import version_skew
from intake.health.web_load import Load, load_now
from intake.jobs.job_filter import OPEN, STATES
from intake.jobs.processes import ProcessStatus, WorkerLoad, processes, worker_loads
from intake.jobs.queues import Queue, queues
from intake.jobs.schedules import Schedule, schedules
from intake.models import Job, Notification
from intake.models.job import ACTIVE_STATUSES, NOT_A_CANARY, OPEN_STATUSES


@dataclass(frozen=True)
class SystemStatus:
    """Everything that the admin page shows about the system.

    The keys of `work` are names of workers. `jobs` is the number of open jobs in each status.
    """

    now: datetime
    report: HealthReport
    processes: list[ProcessStatus]
    work: dict[str, WorkerLoad]
    queues: list[Queue]
    schedules: list[Schedule]
    jobs: dict[str, int]
    web: Load

    def queue(self, name: str) -> Queue:
        """Queue of this name."""
        return next(one for one in self.queues if one.name == name)

    @property
    def version_skew(self) -> dict[str, str]:
        """Name of each process that still runs an older version → a sentence about it."""
        return version_skew(self.processes)

    def busy(self, worker: ProcessStatus) -> int:
        """Number of jobs that a worker is running."""
        return self.work.get(worker.name, WorkerLoad()).running


def system_status(session: Session) -> SystemStatus:
    """State of the system. It is read only from the database, so that it is available without the broker."""
    signs, jobs = _signs(session)
    return SystemStatus(
        signs.now,
        check(signs),
        list(signs.processes),
        worker_loads(session),
        list(signs.queues),
        list(signs.schedules),
        jobs,
        load_now(session),
    )


def health_report(session: Session) -> HealthReport:
    """Health report without the other figures of the system."""
    return check(_signs(session)[0])


def now(session: Session) -> datetime:
    """Time of the transaction, by the database's clock."""
    return session.scalars(select(func.now())).one()


def _signs(session: Session) -> tuple[HealthSigns, dict[str, int]]:
    at = now(session)
    jobs, retrying, scheduled = _jobs(session)
    signs = HealthSigns(
        at,
        processes(session, at),
        queues(session),
        schedules(session, at),
        retrying=retrying,
        scheduled=scheduled,
        dead=jobs["dead"],
        are_events_late=linking.late_since(session) is not None,
    )
    return signs, jobs


def _jobs(session: Session) -> tuple[dict[str, int], int, int]:
    """Number of open jobs by status, number of jobs that wait for a retry, number of jobs not due yet.

    Every open status is a key, even if it has no jobs. Done jobs are not counted, because there may be a
    million.
    """
    pausing, begun = STATES["pausing"], Job.attempts > 0
    counts = (func.count(), func.count().filter(pausing & begun), func.count().filter(pausing & ~begun))
    rows = session.execute(select(Job.status, *counts).where(OPEN, NOT_A_CANARY).group_by(Job.status)).all()
    by_status = {status: count for status, count, _, _ in rows}
    return (
        dict.fromkeys(OPEN_STATUSES, 0) | by_status,
        sum(retrying for _, _, retrying, _ in rows),
        sum(scheduled for _, _, _, scheduled in rows),
    )


@dataclass(frozen=True)
class Dependencies:
    """Figures of the database and of mail.

    `database` is PostgreSQL's version, `bytes` the size of the database. `open_mail_jobs` is the number of
    unfinished jobs that send mail. `last_mail_at` is when the last immediate notification was mailed.
    """

    database: str
    bytes: int
    open_mail_jobs: int
    last_mail_at: datetime | None


def dependencies(session: Session) -> Dependencies:
    """Read the figures of the database and of mail from the database. The mail server is not contacted."""
    not_done = Job.kind.in_(("notify.now", "notify.digest")) & Job.status.in_(ACTIVE_STATUSES)
    return Dependencies(
        session.scalar(text("SHOW server_version")) or "",
        session.scalar(select(func.pg_database_size(func.current_database()))) or 0,
        session.scalar(select(func.count()).where(not_done)) or 0,
        session.scalar(select(func.max(Notification.mailed_at))),
    )
