"""Whether submissions are being processed, and the figures behind it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Job
from intake.models.job import NOT_A_CANARY, OPEN_STATUSES
from intake.queries.processes import Process, Work, processes, work_by_worker
from intake.queries.queues import Queue, queues
from intake.queries.schedules import Schedule, schedules
from intake.queries.verdict import Signs, Verdict, judge


@dataclass(frozen=True)
class Machinery:
    """Everything that the admin page shows of the machines; `work` by the name of a worker,
    `jobs` those that are not over, by status.
    """

    now: datetime
    verdict: Verdict
    processes: list[Process]
    work: dict[str, Work]
    queues: list[Queue]
    schedules: list[Schedule]
    jobs: dict[str, int]

    def queue(self, name: str) -> Queue:
        """The queue of this name."""
        return next(one for one in self.queues if one.name == name)

    def busy(self, worker: Process) -> int:
        """How many jobs a worker has in hand."""
        return self.work.get(worker.name, Work()).running


def machinery(session: Session) -> Machinery:
    """How the machines do, from the database alone: it knows also when the broker is down."""
    signs, jobs = _signs(session)
    return Machinery(
        signs.now,
        judge(signs),
        list(signs.processes),
        work_by_worker(session),
        list(signs.queues),
        list(signs.schedules),
        jobs,
    )


def verdict(session: Session) -> Verdict:
    """The sentence alone."""
    return judge(_signs(session)[0])


def job_counts(session: Session) -> dict[str, int]:
    """Jobs by status, every one named of those that are not over: of the others there may be a million."""
    rows = (
        select(Job.status, func.count())
        .where(Job.status.in_(OPEN_STATUSES), NOT_A_CANARY)
        .group_by(Job.status)
    )
    return dict.fromkeys(OPEN_STATUSES, 0) | dict(session.execute(rows).all())


def _signs(session: Session) -> tuple[Signs, dict[str, int]]:
    now, jobs = session.scalars(select(func.now())).one(), job_counts(session)
    again, later = _not_due(session)
    signs = Signs(
        now,
        processes(session, now),
        queues(session),
        schedules(session, now),
        again=again,
        later=later,
        dead=jobs["dead"],
    )
    return signs, jobs


def _not_due(session: Session) -> tuple[int, int]:
    """Jobs whose time has not come: those that pause after an attempt, and those that were put off, as a decision's that can be undone."""
    begun = Job.attempts > 0
    counts = select(func.count().filter(begun), func.count().filter(~begun))
    rows = counts.where(Job.status == "pending", Job.run_at > func.now(), NOT_A_CANARY)
    again, later = session.execute(rows).one()
    return again, later
