"""One job with its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from intake.errors import NotFound
from intake.job_kinds import DISCARDABLE_KINDS
from intake.jobs.admin_actions import why_not_discardable
from intake.jobs.listing import JobLine, job_line, job_lines
from intake.models import Event, Job
from intake.subscriptions import JOB_EVENTS

# Event about a job → text in the history of that job.
JOB_HISTORY = {
    "job.retried": "Retried",
    "jobs.retried": "Retried, one of {count}",
    "job.discarded": "Discarded",
    "jobs.discarded": "Discarded, one of {count}",
    "worker.lost": "Worker {worker} died while it ran this job",
}


@dataclass(frozen=True)
class HistoryEntry:
    """Event about a job, for the page of the job.

    `actor` is None if no editor caused the event: a process of Transom or the command line did. `why` is the
    reason that the actor gave. It may be empty.
    """

    event: str
    at: datetime
    actor: str | None
    sentence: str
    why: str


@dataclass(frozen=True)
class JobStory:
    """Everything about one job.

    `started_by` is the name of the event that started the job, or the slot of its schedule (kind and period
    number). `follows` is the consequence of discarding the job, or the reason why it cannot be discarded.
    """

    line: JobLine
    started_by: str
    created_at: datetime
    run_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    last_worker: str | None
    traceback: str | None
    follows: str
    incidents: list[HistoryEntry]


def job(session: Session, job_id: int) -> JobStory:
    """Return a job with its history. Raises NotFound if no job has this id."""
    row = session.execute(job_lines().where(Job.id == job_id)).one_or_none()
    if row is None:
        raise NotFound
    found: Job = row[0]
    started = session.get_one(Event, found.event_id).name if found.event_id else found.slot
    return JobStory(
        line=job_line(row), started_by=started or "", created_at=found.created_at, run_at=found.run_at,
        started_at=found.started_at, finished_at=found.finished_at, last_worker=found.worker, traceback=found.traceback,
        follows=why_not_discardable(found) or DISCARDABLE_KINDS[found.kind], incidents=_history(session, job_id),
    )  # fmt: skip


def _history(session: Session, job_id: int) -> list[HistoryEntry]:
    about = (
        select(Event)
        .where(Event.name.in_(JOB_EVENTS), Event.data.contains({"jobs": [job_id]}))
        .options(joinedload(Event.editor))
        .order_by(Event.id)
    )
    return [history_entry(event) for event in session.scalars(about)]


def history_entry(event: Event) -> HistoryEntry:
    """Convert an event that is in `subscriptions.JOB_EVENTS` to a history entry with an English sentence."""
    data: dict[str, Any] = event.data
    return HistoryEntry(
        event.name, event.at, event.editor.name if event.editor else None, JOB_HISTORY[event.name].format_map(data),
        data.get("reason", ""),
    )  # fmt: skip
