"""Whether submissions are being processed, and the figures behind it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from intake.health.checks import HealthReport, HealthSigns, check
from intake.jobs.job_filter import OPEN, STATES
from intake.jobs.processes import ProcessStatus, WorkerLoad, processes, worker_loads
from intake.jobs.queues import Queue, queues
from intake.jobs.schedules import Schedule, schedules
from intake.models import Job, Notification
from intake.models.job import ACTIVE_STATUSES, NOT_A_CANARY, OPEN_STATUSES


@dataclass(frozen=True)
class SystemStatus:
    """Everything that the admin page shows of the machines; `work` by the name of a worker,
    `jobs` those that are not over, by status.
    """

    now: datetime
    report: HealthReport
    processes: list[ProcessStatus]
    work: dict[str, WorkerLoad]
    queues: list[Queue]
    schedules: list[Schedule]
    jobs: dict[str, int]

    def queue(self, name: str) -> Queue:
        """The queue of this name."""
        return next(one for one in self.queues if one.name == name)

    def busy(self, worker: ProcessStatus) -> int:
        """How many jobs a worker has in hand."""
        return self.work.get(worker.name, WorkerLoad()).running


def system_status(session: Session) -> SystemStatus:
    """How the machines do, from the database alone: it knows also when the broker is down."""
    signs, jobs = _signs(session)
    return SystemStatus(
        signs.now,
        check(signs),
        list(signs.processes),
        worker_loads(session),
        list(signs.queues),
        list(signs.schedules),
        jobs,
    )


def health_report(session: Session) -> HealthReport:
    """The sentence alone."""
    return check(_signs(session)[0])


def _signs(session: Session) -> tuple[HealthSigns, dict[str, int]]:
    now = session.scalars(select(func.now())).one()
    jobs, retrying, scheduled = _jobs(session)
    signs = HealthSigns(
        now,
        processes(session, now),
        queues(session),
        schedules(session, now),
        retrying=retrying,
        scheduled=scheduled,
        dead=jobs["dead"],
    )
    return signs, jobs


def _jobs(session: Session) -> tuple[dict[str, int], int, int]:
    """Jobs by status, every one named of those that are not over: of the others there may be a million.

    And how many of them are not due: that pause after an attempt, and that were put off, as a decision's that can be undone.
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
    """`database` is PostgreSQL's version, `bytes` what it holds; `open_mail_jobs` are jobs that are to write to
    somebody; the last that told of something at once went at `last_mail_at`.
    """

    database: str
    bytes: int
    open_mail_jobs: int
    last_mail_at: datetime | None


def dependencies(session: Session) -> Dependencies:
    """As the database knows them."""
    not_done = Job.kind.in_(("notify.now", "notify.digest")) & Job.status.in_(ACTIVE_STATUSES)
    return Dependencies(
        session.scalar(text("SHOW server_version")) or "",
        session.scalar(select(func.pg_database_size(func.current_database()))) or 0,
        session.scalar(select(func.count()).where(not_done)) or 0,
        session.scalar(select(func.max(Notification.mailed_at))),
    )
