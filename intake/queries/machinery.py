"""Whether submissions are being processed, in one sentence, and the figures behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Heartbeat, Job, Submission
from intake.models.heartbeat import KINDS
from intake.models.job import STATUSES

# Three missed heartbeats (workers/monitor.py writes one every 5 s) and a margin for a busy machine.
SILENT_AFTER = timedelta(seconds=20)
# A 20-photo submission of 50 MB each takes about a minute; longer than this without any job finished is a standstill.
STANDSTILL = timedelta(seconds=120)
FAILURES_SHOWN = 50
ADVICE = {
    "worker": "Start one with `transom worker`, or restart `script/server`.",
    "relay": "Start it with `transom relay`, or restart `script/server`.",
    "scheduler": "Start it with `transom scheduler`, or restart `script/server`.",
}
WITHOUT = {
    "worker": "Submissions are not being processed: no worker answers",
    "relay": "Submissions are not being processed: the relay has stopped",
    "scheduler": "Submissions are being processed, but the scheduler has stopped: nothing is tidied up",
}


@dataclass(frozen=True)
class Verdict:
    """`ok` is whether work is being done; `advice` what to do where it is not."""

    ok: bool
    sentence: str
    advice: str = ""


@dataclass(frozen=True)
class Process:
    """A process of ours, and when it last finished something."""

    name: str
    kind: str
    alive: bool
    started_at: datetime
    seen_at: datetime
    last_finished_at: datetime | None
    jobs_done: int
    sandbox: str | None


@dataclass(frozen=True)
class Waiting:
    """The oldest job that is not done."""

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
    now = session.scalars(select(func.now())).one()
    found, jobs, oldest = processes(session, now), job_counts(session), _oldest(session)
    failures = _failures(session)
    return Machinery(_verdict(session, now, found, oldest, jobs), found, jobs, oldest, failures)


def verdict(session: Session) -> Verdict:
    """The sentence alone."""
    now = session.scalars(select(func.now())).one()
    return _verdict(session, now, processes(session, now), _oldest(session), job_counts(session))


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
    beats = session.scalars(select(Heartbeat).where(Heartbeat.seen_at > now - timedelta(days=1)))
    found = [_process(beat, now, *done.get(beat.name, (0, None))) for beat in beats]
    return sorted(found, key=lambda p: (KINDS.index(p.kind), p.name))


def job_counts(session: Session) -> dict[str, int]:
    """Jobs by state, every state named."""
    rows = session.execute(select(Job.status, func.count()).group_by(Job.status))
    return dict.fromkeys(STATUSES, 0) | {status: count for status, count in rows}  # noqa: C416


def _process(beat: Heartbeat, now: datetime, done: int, last: datetime | None) -> Process:
    alive = now - beat.seen_at < SILENT_AFTER
    return Process(
        beat.name, beat.kind, alive, beat.started_at, beat.seen_at, last, done, beat.details.get("sandbox")
    )


def _oldest(session: Session) -> Waiting | None:
    query = select(Job.kind, Job.created_at).where(Job.status.in_(("pending", "sent", "running")))
    row = session.execute(query.order_by(Job.created_at).limit(1)).first()
    return Waiting(*row) if row else None


def _failures(session: Session) -> list[Failure]:
    query = (
        select(Job, Submission)
        .outerjoin(Submission, Submission.id == Job.submission_id)
        .where(Job.error.is_not(None), Job.status != "done")
        .order_by(Job.status == "dead", Job.id.desc())
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


def _verdict(
    session: Session, now: datetime, found: Sequence[Process], oldest: Waiting | None, jobs: dict[str, int]
) -> Verdict:
    alive = {process.kind for process in found if process.alive}
    for kind in ("relay", "worker"):
        if kind not in alive:
            return Verdict(False, f"{WITHOUT[kind]}{_waiting(jobs)}.", ADVICE[kind])
    if oldest and _standstill(session, now, oldest):
        return Verdict(
            False,
            f"Submissions are not being processed: nothing has been finished for {_minutes(STANDSTILL)}{_waiting(jobs)}.",
            "See that Valkey or Redis answers (`transom doctor`), then restart the worker.",
        )
    if "scheduler" not in alive:
        return Verdict(True, f"{WITHOUT['scheduler']}.", ADVICE["scheduler"])
    return Verdict(
        True, f"Submissions are being processed{_oldest_words(now, oldest)}.", _dead_words(jobs["dead"])
    )


def _standstill(session: Session, now: datetime, oldest: Waiting) -> bool:
    last = session.scalar(select(func.max(Job.finished_at)).where(Job.status == "done"))
    return now - max(filter(None, (oldest.since, last))) > STANDSTILL


def _waiting(jobs: dict[str, int]) -> str:
    count = jobs["pending"] + jobs["sent"]
    return f"; {count} {'job waits' if count == 1 else 'jobs wait'}" if count else ""


def _oldest_words(now: datetime, oldest: Waiting | None) -> str:
    if oldest is None:
        return "; nothing waits"
    seconds = max(0, int((now - oldest.since).total_seconds()))
    age = f"{seconds} second{'s' * (seconds != 1)}" if seconds < 120 else f"{seconds // 60} minutes"
    return f"; the oldest job has waited {age}"


def _dead_words(dead: int) -> str:
    return (
        f"{dead} {'job has' if dead == 1 else 'jobs have'} failed for good and can be run again below."
        if dead
        else ""
    )


def _minutes(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 60)} minutes"
