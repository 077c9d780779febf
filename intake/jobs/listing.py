"""Pages of jobs that match a filter, and a preview of discarding all of these jobs."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, case, func, literal, select
from sqlalchemy.orm import Session, joinedload

from intake.job_kinds import DISCARDABLE_KINDS, NEVER_DISCARDED
from intake.jobs.admin_actions import DISCARDABLE, RETRIABLE, UNKNOWN_CONSEQUENCE
from intake.jobs.job_filter import OPEN, STATES, JobFilter
from intake.models import Event, Job, Submission
from intake.paging import COUNT_LIMIT, Count, CountQuery, count_rows, count_statement

PAGE = 50
# The desk shows no page for a submission in these statuses.
STATUSES_WITHOUT_PAGE = ("draft", "received", "purged")

STATE = case(*((condition, literal(name)) for name, condition in STATES.items()))
AT = case((STATES["running"], Job.started_at), else_=func.coalesce(Job.finished_at, Job.run_at))


RETRIED_AT_ONCE = "Runs again at once. A job that was given up gets ten more attempts."


@dataclass(frozen=True)
class JobLine:
    """Job in a list. `state` is a key of job_filter.STATES.

    `at` is when the job ended, started, or is due, depending on its state. `worker` is set only while the job
    runs. `submission_id` is set only if the desk has a page for the submission. An admin sees no other data
    of a submission than its ids.
    """

    id: int
    kind: str
    queue: str
    state: str
    attempts: int
    at: datetime
    error: str | None
    stage: str | None
    worker: str | None
    submission_short: str | None
    submission_id: uuid.UUID | None
    may_retry: bool
    may_discard: bool


@dataclass(frozen=True)
class JobPage:
    """Page of jobs, newest first. `next` is the id after which the next page begins, or None.

    `count`, `retriable` and `discardable` count all jobs that match the filter. `count` stops at COUNT_LIMIT,
    because there may be a million finished jobs. `retriable` and `discardable` are exact, because they count
    open jobs only.
    """

    items: list[JobLine]
    next: int | None
    count: Count
    retriable: int
    discardable: int


@dataclass(frozen=True)
class KindCount:
    """Number of jobs of one kind.

    `says` is the consequence of retrying or discarding these jobs, or the reason why they cannot be discarded.
    """

    kind: str
    count: int
    says: str


@dataclass(frozen=True)
class DiscardPreview:
    """Effect of discarding all jobs that match a filter.

    `possible` counts the jobs that would be discarded, `kept` the jobs that cannot be discarded. Running jobs
    are in neither list.
    """

    possible: list[KindCount]
    kept: list[KindCount]

    @property
    def count(self) -> int:
        """Number of jobs that would be discarded."""
        return sum(kind.count for kind in self.possible)


def job_page(session: Session, chosen: JobFilter, after: int | None = None) -> JobPage:
    """Page of jobs that match the filter, from the start or after the job with id `after`."""
    where = chosen.where() + ([Job.id < after] if after else [])
    found = session.execute(job_lines().where(*where).order_by(Job.id.desc()).limit(PAGE + 1)).all()
    (count,) = count_rows(
        session, count_statement([CountQuery(select(Job.id).where(*chosen.where()))], COUNT_LIMIT)
    )
    counts = select(func.count().filter(RETRIABLE), func.count().filter(DISCARDABLE)).select_from(Job)
    retriable, discardable = session.execute(counts.where(*chosen.where(), OPEN)).one()
    items = [job_line(row) for row in found[:PAGE]]
    return JobPage(items, items[-1].id if len(found) > PAGE else None, count, retriable, discardable)


def discard_preview(session: Session, chosen: JobFilter) -> DiscardPreview:
    """Effect of discarding all jobs that match the filter."""
    waits = STATES["dead"] | STATES["waiting"] | STATES["pausing"]
    by_kind = select(Job.kind, func.count()).where(*chosen.where(), waits).group_by(Job.kind)
    found = session.execute(by_kind.order_by(Job.kind)).all()
    return DiscardPreview(
        [
            KindCount(kind, count, DISCARDABLE_KINDS[kind])
            for kind, count in found
            if kind in DISCARDABLE_KINDS
        ],
        [
            KindCount(kind, count, NEVER_DISCARDED.get(kind, UNKNOWN_CONSEQUENCE))
            for kind, count in found
            if kind not in DISCARDABLE_KINDS
        ],
    )


def retry_preview(session: Session, chosen: JobFilter) -> list[KindCount]:
    """Kinds and numbers of the jobs that a retry of all jobs that match the filter would start."""
    by_kind = select(Job.kind, func.count()).where(*chosen.where(), OPEN, RETRIABLE).group_by(Job.kind)
    rows = session.execute(by_kind.order_by(Job.kind)).all()
    return [KindCount(kind, count, RETRIED_AT_ONCE) for kind, count in rows]


def job_lines() -> "Select[*tuple[Any, ...]]":
    """SELECT statement for jobs. Pass its rows to `job_line`."""
    return select(Job, Submission, STATE, AT, RETRIABLE, DISCARDABLE).outerjoin(
        Submission, Submission.id == Job.submission_id
    )


def job_line(row: Any) -> JobLine:
    """Convert a row of the `job_lines` statement to a JobLine."""
    job, submission, state, at, may_retry, may_discard = row
    return JobLine(
        id=job.id, kind=job.kind, queue=job.queue, state=state, attempts=job.attempts, at=at, error=job.error,
        stage=job.stage, worker=job.worker if state == "running" else None,
        submission_short=submission.short_id if submission else None, submission_id=desk_page_id(submission),
        may_retry=bool(may_retry), may_discard=may_discard,
    )  # fmt: skip


def desk_page_id(submission: Submission | None) -> uuid.UUID | None:
    """Id of the submission if the desk has a page for it, else None."""
    return submission.id if submission and submission.status not in STATUSES_WITHOUT_PAGE else None


BULK_ACTIONS_SHOWN = 5
BULK_ACTIONS_AGE = timedelta(days=1)


@dataclass(frozen=True)
class BulkAction:
    """Retry or discard of several jobs by an admin.

    `filter` has the URL query arguments of the job filter. `now` counts the changed jobs by their present
    state, without jobs whose row was deleted since. `actor` is None if the command line changed the
    jobs.
    """

    event: str
    at: datetime
    actor: str | None
    count: int
    why: str
    filter: dict[str, str]
    now: dict[str, int]


def bulk_actions(session: Session) -> list[BulkAction]:
    """Bulk actions of the last BULK_ACTIONS_AGE, newest first."""
    done = (
        select(Event)
        .where(Event.name.in_(("jobs.retried", "jobs.discarded")), Event.at > func.now() - BULK_ACTIONS_AGE)
        .options(joinedload(Event.editor))
        .order_by(Event.id.desc())
        .limit(BULK_ACTIONS_SHOWN)
    )
    return [_bulk_action(session, event) for event in session.scalars(done)]


def _bulk_action(session: Session, event: Event) -> BulkAction:
    data = event.data
    actor = event.editor.name if event.editor else None
    return BulkAction(
        event.name, event.at, actor, data["count"], data["reason"], data["filter"], _now(session, event)
    )


def _now(session: Session, event: Event) -> dict[str, int]:
    """Count the jobs of an event by their present state.

    Their ids are one array parameter, because PostgreSQL limits a statement to 65,535 parameters.
    """
    those = Job.id == any_(literal(event.data["jobs"], ARRAY(BigInteger)))
    rows = session.execute(select(STATE, func.count()).where(those).group_by(STATE))
    return {state: count for state, count in rows}  # noqa: C416 - rows are not plain tuples to a type checker
