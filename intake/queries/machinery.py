"""Whether submissions are being processed, and the figures behind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Heartbeat, Job, Pause, Submission
from intake.models.heartbeat import KINDS
from intake.models.job import STATUSES
from intake.queries.verdict import Signs, Verdict, judge
from intake.queues import QUEUES

# Three missed heartbeats (workers/monitor.py writes one every 5 s) and a margin for a busy machine.
SILENT_AFTER = timedelta(seconds=20)
FORGOTTEN_AFTER = timedelta(days=1)
FAILURES_SHOWN = 50


@dataclass(frozen=True)
class Process:
    """A process of ours, and when it last finished something; `queues` are those that a worker serves."""

    name: str
    kind: str
    alive: bool
    started_at: datetime
    seen_at: datetime
    last_finished_at: datetime | None
    jobs_done: int
    sandbox: str | None
    queues: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """The job that has been due for longest and is not done; one that pauses before its next attempt is not due."""

    kind: str
    since: datetime


@dataclass(frozen=True)
class Failure:
    """A job that is dead, or failed and will be tried again."""

    id: int
    kind: str
    submission_id: str | None
    submission_short: str
    attempts: int
    status: str
    error: str
    traceback: str | None
    at: datetime


@dataclass(frozen=True)
class Machinery:
    """Everything that the admin page shows of the machines."""

    verdict: Verdict
    processes: list[Process]
    jobs: dict[str, int]
    oldest: Waiting | None
    failures: list[Failure]


def machinery(session: Session) -> Machinery:
    """How the machines do, from the database alone: it knows also when the broker is down."""
    now = _now(session)
    found, jobs, oldest = processes(session, now), job_counts(session), _oldest(session)
    said = judge(_signs(session, now, found, jobs, oldest))
    return Machinery(said, found, jobs, oldest, _failures(session))


def verdict(session: Session) -> Verdict:
    """The sentence alone."""
    now = _now(session)
    return judge(_signs(session, now, processes(session, now), job_counts(session), _oldest(session)))


def processes(session: Session, now: datetime) -> list[Process]:
    """All processes that reported within the last day, those that matter most first."""
    done = {
        worker: (count, last)
        for worker, count, last in session.execute(
            select(Job.worker, func.count(), func.max(Job.finished_at))
            .where(Job.status == "done")
            .group_by(Job.worker)
        )
    }
    beats = session.scalars(select(Heartbeat).where(Heartbeat.seen_at > now - FORGOTTEN_AFTER))
    found = [_process(beat, now, *done.get(beat.name, (0, None))) for beat in beats]
    return sorted(found, key=lambda p: (KINDS.index(p.kind), p.name))


def job_counts(session: Session) -> dict[str, int]:
    """Jobs by state, every state named."""
    rows = session.execute(select(Job.status, func.count()).group_by(Job.status))
    return dict.fromkeys(STATUSES, 0) | {status: count for status, count in rows}  # noqa: C416


def _now(session: Session) -> datetime:
    return session.scalars(select(func.now())).one()


def _signs(
    session: Session, now: datetime, found: list[Process], jobs: dict[str, int], oldest: Waiting | None
) -> Signs:
    alive = {process.kind for process in found if process.alive}
    last = session.scalar(select(func.max(Job.finished_at)).where(Job.status == "done"))
    unserved = set(QUEUES).difference(*(process.queues for process in found if process.alive))
    return Signs(
        now, alive, jobs, oldest.since if oldest else None, last, _paused(session),
        {queue: _waiting_in(session, queue) for queue in QUEUES if queue in unserved},
    )  # fmt: skip


def _waiting_in(session: Session, queue: str) -> int:
    waiting = Job.status.in_(("pending", "sent")) & (Job.queue == queue)
    return session.scalar(select(func.count()).select_from(Job).where(waiting)) or 0


def _paused(session: Session) -> dict[str, int]:
    """Queues that are paused, and how many jobs wait in each."""
    begun_later = (Job.queue == Pause.queue) & Job.status.in_(("pending", "sent"))
    query = select(Pause.queue, func.count(Job.id)).outerjoin(Job, begun_later).group_by(Pause.queue)
    return {queue: count for queue, count in session.execute(query.order_by(Pause.queue))}  # noqa: C416


def _process(beat: Heartbeat, now: datetime, done: int, last: datetime | None) -> Process:
    alive = now - beat.seen_at < SILENT_AFTER
    served = beat.details.get("queues", QUEUES) if beat.kind == "worker" else ()
    return Process(
        beat.name, beat.kind, alive, beat.started_at, beat.seen_at, last, done, beat.details.get("sandbox"), tuple(served)
    )  # fmt: skip


def _oldest(session: Session) -> Waiting | None:
    query = (
        select(Job.kind, Job.run_at)
        .where(
            Job.status.in_(("pending", "sent", "running")),
            Job.run_at <= func.now(),
            Job.queue.not_in(select(Pause.queue)),
        )
        .order_by(Job.run_at)
        .limit(1)
    )
    row = session.execute(query).first()
    return Waiting(*row) if row else None


def _failures(session: Session) -> list[Failure]:
    """Those that wait for somebody first, the newest of them on top."""
    query = (
        select(Job, Submission)
        .outerjoin(Submission, Submission.id == Job.submission_id)
        .where(Job.error.is_not(None), Job.status != "done")
        .order_by((Job.status == "dead").desc(), Job.id.desc())
        .limit(FAILURES_SHOWN)
    )
    return [_failure(job, submission) for job, submission in session.execute(query)]


def _failure(job: Job, submission: Submission | None) -> Failure:
    shown = submission is not None and submission.status not in {"received", "purged"}
    return Failure(
        id=job.id,
        kind=job.kind,
        submission_id=str(job.submission_id) if shown else None,
        submission_short=submission.short_id if submission else "",
        attempts=job.attempts,
        status=job.status,
        error=job.error or "",
        traceback=job.traceback,
        at=job.finished_at or job.started_at or job.created_at,
    )
