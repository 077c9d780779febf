"""Whether submissions are being processed, and the figures behind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Heartbeat, Job, Pause
from intake.models.heartbeat import KINDS
from intake.models.job import STATUSES
from intake.queries.queues import Queue, queues
from intake.queries.verdict import Signs, Verdict, judge
from intake.queues import QUEUES

# Three missed heartbeats (workers/monitor.py writes one every 5 s) and a margin for a busy machine.
SILENT_AFTER = timedelta(seconds=20)
FORGOTTEN_AFTER = timedelta(days=1)


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
class Machinery:
    """Everything that the admin page shows of the machines."""

    verdict: Verdict
    processes: list[Process]
    queues: list[Queue]
    jobs: dict[str, int]
    oldest: Waiting | None


def machinery(session: Session) -> Machinery:
    """How the machines do, from the database alone: it knows also when the broker is down."""
    now = _now(session)
    found, jobs, oldest, lines = (
        processes(session, now),
        job_counts(session),
        _oldest(session),
        queues(session),
    )
    said = judge(_signs(session, now, found, jobs, oldest, lines))
    return Machinery(said, found, lines, jobs, oldest)


def verdict(session: Session) -> Verdict:
    """The sentence alone."""
    now = _now(session)
    found = processes(session, now)
    return judge(_signs(session, now, found, job_counts(session), _oldest(session), queues(session)))


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
    session: Session,
    now: datetime,
    found: list[Process],
    jobs: dict[str, int],
    oldest: Waiting | None,
    lines: list[Queue],
) -> Signs:
    alive = [process for process in found if process.alive]
    served = {queue for process in alive for queue in process.queues}
    return Signs(
        now,
        {process.kind for process in alive},
        jobs,
        oldest.since if oldest else None,
        session.scalar(select(func.max(Job.finished_at)).where(Job.status == "done")),
        paused={queue.name: queue.waiting for queue in lines if queue.pause},
        unserved={queue.name: queue.waiting for queue in lines if queue.name not in served},
    )


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
