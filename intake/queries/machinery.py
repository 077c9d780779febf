"""Whether submissions are being processed, and the figures behind it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.models import Job
from intake.models.job import STATUSES
from intake.queries.processes import Process, Work, processes, work_by_worker
from intake.queries.queues import Queue, queues
from intake.queries.schedules import Schedule, schedules
from intake.queries.verdict import Signs, Verdict, judge
from intake.queues import CANARIES


@dataclass(frozen=True)
class Machinery:
    """Everything that the admin page shows of the machines; `work` by the name of a worker."""

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
    jobs = job_counts(session)
    signs = _signs(session, jobs)
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
    return judge(_signs(session, _not_done(session)))


def job_counts(session: Session) -> dict[str, int]:
    """Jobs by state, every state named; canaries are not counted."""
    return dict.fromkeys(STATUSES, 0) | _by_status(session, Job.kind.not_in(CANARIES.values()))


def _not_done(session: Session) -> dict[str, int]:
    """The same without those that are done, which may be a million."""
    waiting = Job.status.in_([status for status in STATUSES if status != "done"])
    return dict.fromkeys(STATUSES, 0) | _by_status(session, waiting, Job.kind.not_in(CANARIES.values()))


def _by_status(session: Session, *which: ColumnElement[bool]) -> dict[str, int]:
    rows = select(Job.status, func.count()).where(*which).group_by(Job.status)
    return dict(session.execute(rows).all())


def _signs(session: Session, jobs: dict[str, int]) -> Signs:
    now = session.scalars(select(func.now())).one()
    return Signs(
        now,
        processes(session, now),
        queues(session),
        schedules(session, now),
        again=jobs["pending"],
        dead=jobs["dead"],
    )
