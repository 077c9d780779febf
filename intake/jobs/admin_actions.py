"""Admin actions on jobs: retry and discard. Each updates all of its jobs in one SQL statement."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from intake.decisions import batch
from intake.errors import IneligibleJobs, JobCountChanged, NotFound
from intake.job_kinds import DISCARDABLE_KINDS, NEVER_DISCARDED
from intake.jobs.job_filter import STATES, JobFilter
from intake.jobs.ledger import update_jobs
from intake.models import Editor, Job, Submission, record
from intake.models.job import wake_relay
from intake.retouches import apply, faces
from intake.submissions.screening import photo_given_up

# A job that waits for its first attempt cannot be retried. Otherwise a decision could take effect before its
# undo time ends.
RETRIABLE = STATES["dead"] | (STATES["pausing"] & Job.error.is_not(None))
DISCARDABLE = (STATES["dead"] | STATES["waiting"] | STATES["pausing"]) & Job.kind.in_(DISCARDABLE_KINDS)

WHY_NOT_RETRIABLE = {
    "pending": "It is waiting already.",
    "sent": "It is waiting already.",
    "running": "It is running.",
    "done": "It is done.",
    "discarded": "It was discarded.",
}
WHY_NOT_DISCARDABLE = {
    "running": "It is running. Only jobs that wait or have failed can be discarded.",
    "done": "It is done.",
    "discarded": "It was already discarded.",
}
UNKNOWN_CONSEQUENCE = "This version does not know the consequence."
JUST_CHANGED = "It has just changed."


class BulkResult(NamedTuple):
    """Row of a job that an admin action has retried or discarded."""

    id: int
    kind: str
    submission_id: uuid.UUID | None
    photo_id: uuid.UUID | None
    event_id: int | None


def retry(
    session: Session,
    chosen: JobFilter,
    actor: Editor | None = None,
    reason: str = "",
    expected: int | None = None,
) -> int:
    """Retry dead jobs, and jobs that wait for a retry, immediately. Returns how many.

    The attempts of a dead job are counted from 0 again. If `chosen` lists job ids, all of these jobs are
    retried or none. If none, NotFound or IneligibleJobs is raised. `actor` is None if the command line
    retries the jobs. Raises JobCountChanged if `expected` is given and the number of retried jobs differs from it.
    """
    jobs = _change(
        session, chosen, RETRIABLE, status="pending", attempts=case((STATES["dead"], 0), else_=Job.attempts),
        run_at=func.now(), turn_at=func.now(), finished_at=None,
    )  # fmt: skip
    _require_all_named(session, chosen, jobs, lambda job: WHY_NOT_RETRIABLE.get(job.status, ""))
    if expected not in {None, len(jobs)}:
        raise JobCountChanged(len(jobs))
    if len(chosen.ids) == 1:
        record(
            session,
            "job.retried",
            _submission(session, jobs[0]),
            actor=actor,
            **_event_data_of_one(jobs[0], reason),
        )
    elif jobs:
        record(session, "jobs.retried", actor=actor, **_event_data_of_several(chosen, jobs, reason))
    wake_relay(session)
    return len(jobs)


def discard(
    session: Session, chosen: JobFilter, reason: str, actor: Editor | None = None, expected: int | None = None
) -> int:
    """Discard dead and waiting jobs, and apply the consequence of each. Returns how many.

    Only jobs of the kinds in `job_kinds.DISCARDABLE_KINDS` can be discarded. Raises NotFound and
    IneligibleJobs like `retry`. Raises JobCountChanged if `expected` is given and the number of discarded
    jobs differs from it.
    """
    jobs = _change(session, chosen, DISCARDABLE, status="discarded", lease_until=None, finished_at=func.now())
    _require_all_named(session, chosen, jobs, why_not_discardable)
    if expected not in {None, len(jobs)}:
        raise JobCountChanged(len(jobs))
    if len(chosen.ids) == 1:
        record(
            session,
            "job.discarded",
            _submission(session, jobs[0]),
            actor=actor,
            **_event_data_of_one(jobs[0], reason),
        )
    elif jobs:
        record(session, "jobs.discarded", actor=actor, **_event_data_of_several(chosen, jobs, reason))
    # Lock submissions in the order of their ids, like all other code that locks several, to avoid deadlocks.
    for job in sorted(jobs, key=lambda job: str(job.submission_id)):
        _apply_consequence(session, job, actor)
    return len(jobs)


def why_not_discardable(job: Job) -> str:
    """Return why a job cannot be discarded, or an empty string if it can."""
    if job.status in WHY_NOT_DISCARDABLE:
        return WHY_NOT_DISCARDABLE[job.status]
    return "" if job.kind in DISCARDABLE_KINDS else NEVER_DISCARDED.get(job.kind, UNKNOWN_CONSEQUENCE)


def _change(
    session: Session, chosen: JobFilter, possible: ColumnElement[bool], **values: Any
) -> Sequence[BulkResult]:
    """Set `values` in the chosen jobs that meet the condition `possible`. Returns the changed jobs.

    The jobs are first locked in the order of their ids, so that actions of two admins do not deadlock.
    """
    those = select(Job.id).where(*chosen.where(), possible).order_by(Job.id).with_for_update().cte()
    changed = update_jobs(Job.id.in_(select(those.c.id)), **values).returning(
        Job.id, Job.kind, Job.submission_id, Job.photo_id, Job.event_id
    )
    return sorted(BulkResult(*row) for row in session.execute(changed))


def require_retriable(session: Session, chosen: JobFilter) -> None:
    """Raise NotFound or IneligibleJobs if the filter names jobs that cannot be retried. Changes nothing."""
    possible = select(Job.id, Job.kind, Job.submission_id, Job.photo_id, Job.event_id).where(
        *chosen.where(), RETRIABLE
    )
    jobs = [BulkResult(*row) for row in session.execute(possible)] if chosen.ids else []
    _require_all_named(session, chosen, jobs, lambda job: WHY_NOT_RETRIABLE.get(job.status, ""))


def _require_all_named(
    session: Session, chosen: JobFilter, changed: Sequence[BulkResult], why: Callable[[Job], str]
) -> None:
    left = set(chosen.ids) - {job.id for job in changed}
    if not left:
        return
    found = session.scalars(select(Job).where(Job.id.in_(left)).order_by(Job.id)).all()
    if len(found) < len(left):
        raise NotFound
    raise IneligibleJobs({job.id: why(job) or JUST_CHANGED for job in found})


def _event_data_of_one(job: BulkResult, reason: str) -> dict[str, Any]:
    return {"kind": job.kind, "jobs": [job.id], "reason": reason}


def _event_data_of_several(chosen: JobFilter, jobs: Sequence[BulkResult], reason: str) -> dict[str, Any]:
    numbers = [job.id for job in jobs]
    return {"filter": chosen.words(), "count": len(jobs), "jobs": numbers, "reason": reason}


def _submission(session: Session, job: BulkResult) -> Submission | None:
    return session.get(Submission, job.submission_id) if job.submission_id else None


def _apply_consequence(session: Session, job: BulkResult, actor: Editor | None) -> None:
    """Record in the photo, retouch, search or batch of a discarded job that the job will not run."""
    if job.kind == "photo.clean" and job.photo_id is not None:
        photo_given_up(session, job.photo_id, actor)
    elif job.kind == "photo.retouch" and job.event_id is not None:
        apply.give_up_retouch(session, job.event_id, actor)
    elif job.kind == "photo.faces" and job.photo_id is not None:
        faces.give_up_search(session, job.photo_id)
    elif job.kind == "batch.run" and job.event_id is not None:
        batch.give_up_batch(session, job.event_id)
