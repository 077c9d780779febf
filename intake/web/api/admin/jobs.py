"""API to list, read, retry and discard jobs, and to list failed jobs by error."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from intake.db import transaction
from intake.job_kinds import QUEUES
from intake.jobs import failures as failed
from intake.jobs import job_detail, listing
from intake.jobs.admin_actions import discard, require_retriable, retry
from intake.jobs.failures import AffectedSubmission, FailureGroup
from intake.jobs.job_detail import HistoryEntry
from intake.jobs.job_filter import STATES, JobFilter
from intake.jobs.listing import JobLine, KindCount
from intake.models.columns import BIGINT_MAX
from intake.paging import Count
from intake.web.access import program_requires
from intake.web.api.admin.blueprint import below, bp
from intake.web.api.fields import OneOf, TextRule, Url, Whole
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, QueryString
from intake.web.forms.admin import MOST_NAMED, NO_REASON, REASON_CHARACTERS
from intake.web.forms.fields import one_line
from intake.web.token_auth import editor

__all__ = ["bp"]

NO_FILTER = "Please send an object with one word at least, such as `status`."
ONE_OF_THEM = "Please send either `ids` or `filter`."
NO_JOB = {404: "No such job."}
NOT_DONE = {
    404: "One of these jobs does not exist.",
    409: "One of these jobs cannot be retried or discarded now (`not_these`), or the filter matches a different number of jobs (`miscounted`).",
}
JobId = Annotated[Whole, Field(ge=1, le=BIGINT_MAX)]
State = Annotated[str, OneOf(STATES)]
QueueName = Annotated[str, OneOf(QUEUES)]


class JobWords(QueryString):
    """Filter of jobs, as query parameters or as an object in a request body."""

    status: State = ""
    queue: QueueName = ""
    kind: str = ""
    error: str = ""
    submission: str = ""

    def chosen(self) -> JobFilter:
        """Return these parameters as a JobFilter."""
        return JobFilter.parse(self.model_dump())


class JobQuery(JobWords):
    """Filter and page of the list of jobs."""

    after: Annotated[
        Annotated[int, Field(strict=False, ge=0, le=BIGINT_MAX)] | None, Field(description="From `next`.")
    ] = None


def _one_word_at_least(words: JobWords) -> JobWords:
    """Refuse an empty filter with ValueError. It would match every job, which is hardly intended."""
    if not words.model_fields_set:
        raise ValueError(NO_FILTER)
    return words


class _Chosen(Body):
    ids: Annotated[list[JobId], Field(min_length=1, max_length=MOST_NAMED)] | None = None
    filter: Annotated[
        Annotated[JobWords, AfterValidator(_one_word_at_least), Field(json_schema_extra={"minProperties": 1})]
        | None,
        Field(description="Instead of `ids`: all jobs that match."),
    ] = None

    def problems(self) -> dict[str, list[str]]:
        """Check that the request has either `ids` or `filter`."""
        return {"ids": [ONE_OF_THEM]} if (self.ids is None) == (self.filter is None) else {}

    def chosen(self) -> JobFilter:
        """Return `ids` or `filter` as a JobFilter."""
        return self.filter.chosen() if self.filter else JobFilter(ids=tuple(self.ids or ()))


class RetryBody(_Chosen):
    """Request to retry jobs."""

    reason: Annotated[str, TextRule(REASON_CHARACTERS, one_line), Field(description="The others see it.")] = (
        ""
    )


class DiscardBody(_Chosen):
    """Request to discard jobs."""

    reason: Annotated[
        str, TextRule(REASON_CHARACTERS, one_line, needed=NO_REASON), Field(description="The others see it.")
    ]
    count: Annotated[
        Whole | None,
        Field(description="The number that you have read. If it has changed, nothing is discarded."),
    ] = None


class DryRunQuery(QueryString):
    """Query parameter for a dry run, which changes nothing."""

    dry_run: Annotated[
        Annotated[bool, Field(strict=False)],
        Field(description="true: change nothing, and say what would be done."),
    ] = False


@dataclass(frozen=True)
class Line(JobLine):
    """Job in a list."""

    url: Url
    queue: QueueName
    state: State
    at: Annotated[datetime, Field(description="By state: when it ended, started, or is due.")]
    submission_id: Annotated[uuid.UUID | None, Field(description="null: it has no page at the desk.")]
    stage: Annotated[str | None, Field(description="Progress of a running job, if its kind reports it.")]


@dataclass(frozen=True)
class Jobs:
    """Page of jobs."""

    items: list[Line]
    next: Url | None
    count: Annotated[Count, Field(description="Number of jobs that match the filter.")]
    retriable: int
    discardable: int


@dataclass(frozen=True)
class JobAnswer(Line):
    """Job with its history."""

    started_by: Annotated[str, Field(description="An event, or the scheduled time.")]
    created_at: datetime
    run_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    last_worker: str | None
    traceback: Annotated[str | None, Field(description="Source lines only, without values.")]
    follows: Annotated[str, Field(description="What discarding it would do, or why it cannot be discarded.")]
    incidents: Annotated[list[HistoryEntry], Field(description="Events about this job.")]


@dataclass(frozen=True)
class Failure(FailureGroup):
    """Group of failed jobs of the same kind with the same error."""

    dead: Annotated[int, Field(description="Gave up: these jobs wait for an admin.")]
    again: Annotated[int, Field(description="Retried automatically.")]
    example: Annotated[Url, Field(description="The newest of these jobs.")]  # type: ignore[assignment]
    jobs: Annotated[Url, Field(description="Address of all of these jobs.")]
    submissions: Annotated[
        list[AffectedSubmission], Field(description="`id` is null: it has no page at the desk.")
    ]


@dataclass(frozen=True)
class Failures:
    """Failed jobs by error."""

    items: list[Failure]


@dataclass(frozen=True)
class Retried:
    """Response to a request to retry jobs: how many are queued again, or would be without `dry_run`."""

    count: int
    dry_run: Annotated[bool, Field(description="true: nothing was changed.")] = False
    kinds: Annotated[
        list[KindCount] | None, Field(description="For `dry_run`: the kinds of the jobs. Else null.")
    ] = None


@dataclass(frozen=True)
class Discarded:
    """Response to a request to discard jobs: number of discarded jobs, and kinds that cannot be discarded."""

    count: int
    kept: Annotated[list[KindCount], Field(description="Kinds of job that cannot be discarded, and why.")]
    dry_run: Annotated[bool, Field(description="true: nothing was changed.")] = False
    kinds: Annotated[
        list[KindCount] | None, Field(description="For `dry_run`: what would be discarded. Else null.")
    ] = None


@bp.get("/jobs")
@program_requires("system.read")
@operation(
    "listJobs",
    "A page of jobs, newest first. Without a status: all open jobs.",
    refusals={422: "A filter that is not known."},
)
def jobs(query: JobQuery) -> Jobs:
    """Return a page of the jobs that match the filter. `next` is the URL of the next page."""
    with transaction() as session:
        found = listing.job_page(session, query.chosen(), query.after)
    words = query.model_dump(exclude_unset=True) | {"after": found.next}
    following = below("jobs", **words) if found.next else None
    return Jobs(list(map(_line, found.items)), following, found.count, found.retriable, found.discardable)


@bp.get(f"/jobs/<int(max={BIGINT_MAX}):job_id>")
@program_requires("system.read")
@operation("readJob", "One job and its history.", refusals=NO_JOB)
def job(job_id: int) -> JobAnswer:
    """Return one job with its history."""
    with transaction() as session:
        found = job_detail.job(session, job_id)
    told = {name: value for name, value in vars(found).items() if name != "line"}
    return JobAnswer(**vars(_line(found.line)), **told)


@bp.get("/failures")
@program_requires("system.read")
@operation("listFailures", "Failed jobs, grouped by error.")
def failures() -> Failures:
    """Return the failed jobs, grouped by kind and error."""
    with transaction() as session:
        return Failures([_failure(group) for group in failed.failures(session)])


@bp.post("/jobs/retries")
@program_requires("jobs.manage")
@operation(
    "retryJobs",
    "Retry jobs.",
    answers={200: "Queued again."},
    refusals=NOT_DONE,
    example={"filter": {"status": "dead", "queue": "photos"}, "reason": "The disk is back"},
)
def retry_jobs(body: RetryBody, query: DryRunQuery) -> Retried:
    """Queue jobs again. If the request lists `ids`, either all of these jobs are retried or none."""
    with transaction() as session:
        if query.dry_run:
            require_retriable(session, body.chosen())
            kinds = listing.retry_preview(session, body.chosen())
            return Retried(sum(one.count for one in kinds), dry_run=True, kinds=kinds)
        return Retried(retry(session, body.chosen(), editor(), body.reason))


@bp.post("/jobs/discards")
@program_requires("jobs.manage")
@operation(
    "discardJobs",
    "Discard jobs, with the consequences for their submissions.",
    answers={200: "Discarded."},
    refusals=NOT_DONE,
    example={"ids": [1207], "reason": "The file is no photo"},
)
def discard_jobs(body: DiscardBody, query: DryRunQuery) -> Discarded:
    """Discard jobs. `kept` lists the kinds of matching jobs that cannot be discarded."""
    with transaction() as session:
        would = listing.discard_preview(session, body.chosen())
        if query.dry_run:
            return Discarded(would.count, would.kept, dry_run=True, kinds=would.possible)
        return Discarded(discard(session, body.chosen(), body.reason, editor(), body.count), would.kept)


def _line(line: JobLine) -> Line:
    return Line(**vars(line), url=below("job", job_id=line.id))


def _failure(group: FailureGroup) -> Failure:
    found = vars(group) | {"example": below("job", job_id=group.example)}
    return Failure(**found, jobs=below("jobs", kind=group.kind, error=group.error))
