"""Jobs as an admin sees them: a page of those that a filter chooses, and what could be done with all of them."""

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
from intake.paging import COUNT_LIMIT, Count, CountQuery, count_rows

PAGE = 50
# There is no page of these that an editor could open.
STATUSES_WITHOUT_PAGE = ("received", "purged")

STATE = case(*((condition, literal(name)) for name, condition in STATES.items()))
AT = case((STATES["running"], Job.started_at), else_=func.coalesce(Job.finished_at, Job.run_at))


@dataclass(frozen=True)
class JobLine:
    """A job; `state` is one of job_filter.STATES, `at` when it ended, began, or is or was to begin, by its state.

    `submission_id` is there only where the desk has a page of it; nothing else of a submission is data to an admin.
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
    """The newest first; `next` is the number after which the next page begins. The counts are of all that the filter chooses.

    Those of the levers are exact, since what is done, which may be a million, is out of their reach.
    """

    items: list[JobLine]
    next: int | None
    count: Count
    retriable: int
    discardable: int


@dataclass(frozen=True)
class KindCount:
    """So many jobs of a kind, and what would follow for them, or why nothing can be done."""

    kind: str
    count: int
    says: str


@dataclass(frozen=True)
class DiscardPreview:
    """What discarding all that a filter chooses would do: to these kinds, and not to those; `running` are left alone too."""

    possible: list[KindCount]
    kept: list[KindCount]

    @property
    def count(self) -> int:
        """How many would be discarded."""
        return sum(kind.count for kind in self.possible)


def job_page(session: Session, chosen: JobFilter, after: int | None = None) -> JobPage:
    """A page of what is chosen, after the job of a number or from the beginning."""
    where = chosen.where() + ([Job.id < after] if after else [])
    found = session.execute(job_lines().where(*where).order_by(Job.id.desc()).limit(PAGE + 1)).all()
    (count,) = count_rows(session, [CountQuery(select(Job.id).where(*chosen.where()))], COUNT_LIMIT)
    levers = select(func.count().filter(RETRIABLE), func.count().filter(DISCARDABLE)).select_from(Job)
    retriable, discardable = session.execute(levers.where(*chosen.where(), OPEN)).one()
    items = [job_line(row) for row in found[:PAGE]]
    return JobPage(items, items[-1].id if len(found) > PAGE else None, count, retriable, discardable)


def discard_preview(session: Session, chosen: JobFilter) -> DiscardPreview:
    """What discarding all of these would do."""
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


def job_lines() -> "Select[*tuple[Any, ...]]":
    """What `line` reads."""
    return select(Job, Submission, STATE, AT, RETRIABLE, DISCARDABLE).outerjoin(
        Submission, Submission.id == Job.submission_id
    )


def job_line(row: Any) -> JobLine:
    """One row of `lines`."""
    job, submission, state, at, may_retry, may_discard = row
    return JobLine(
        id=job.id, kind=job.kind, queue=job.queue, state=state, attempts=job.attempts, at=at, error=job.error,
        stage=job.stage, worker=job.worker if state == "running" else None,
        submission_short=submission.short_id if submission else None, submission_id=desk_page_id(submission),
        may_retry=bool(may_retry), may_discard=may_discard,
    )  # fmt: skip


def desk_page_id(submission: Submission | None) -> uuid.UUID | None:
    """The id of a submission that has a page there."""
    return submission.id if submission and submission.status not in STATUSES_WITHOUT_PAGE else None


BULK_ACTIONS_SHOWN = 5
BULK_ACTIONS_AGE = timedelta(days=1)


@dataclass(frozen=True)
class BulkAction:
    """`filter` are the words by which the jobs were chosen, `now` how many of them stand how; those forgotten are in none.

    `actor` is None for a command on the machine.
    """

    event: str
    at: datetime
    actor: str | None
    count: int
    why: str
    filter: dict[str, str]
    now: dict[str, int]


def bulk_actions(session: Session) -> list[BulkAction]:
    """The newest first."""
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
    """By one array, however many they are: PostgreSQL takes no more than 65,535 parameters."""
    those = Job.id == any_(literal(event.data["jobs"], ARRAY(BigInteger)))
    rows = session.execute(select(STATE, func.count()).where(those).group_by(STATE))
    return {state: count for state, count in rows}  # noqa: C416 - rows are not plain tuples to a type checker
