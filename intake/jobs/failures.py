"""Failed jobs, grouped by kind and error."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from intake.jobs.job_filter import OPEN, STATES
from intake.jobs.listing import desk_page_id
from intake.models import Job, Submission
from intake.models.job import NOT_A_CANARY

MAX_GROUPS = 50
MAX_EXAMPLES = 5
FAILED = OPEN & NOT_A_CANARY & Job.error.is_not(None)
_WHEN = func.coalesce(Job.finished_at, Job.started_at, Job.created_at)
_Example = tuple[Job, Submission | None]


@dataclass(frozen=True)
class AffectedSubmission:
    """Submission of a failed job. `id` is None if the desk has no page for this submission."""

    short: str
    id: uuid.UUID | None


@dataclass(frozen=True)
class FailureGroup:
    """Jobs of one kind that failed with the same error.

    `dead` is the number of jobs without attempts left. `again` is the number of jobs that are retried
    automatically. `first` and `last` are the times of the oldest and the newest failure. `example` is the id
    of the newest job. `traceback` is the traceback of the newest job, without values of variables.
    `submissions` lists the submissions of the newest MAX_EXAMPLES jobs.
    """

    kind: str
    error: str
    dead: int
    again: int
    first: datetime
    last: datetime
    example: int
    traceback: str | None
    submissions: list[AffectedSubmission]


def failures(session: Session) -> list[FailureGroup]:
    """Groups of failed jobs, at most MAX_GROUPS: groups with dead jobs first, then by latest failure."""
    dead = func.count().filter(STATES["dead"])
    grouped = (
        select(Job.kind, Job.error, dead, func.count() - dead, func.min(_WHEN), func.max(_WHEN))
        .where(FAILED)
        .group_by(Job.kind, Job.error)
        .order_by((dead > 0).desc(), func.max(_WHEN).desc(), Job.kind, Job.error)
        .limit(MAX_GROUPS)
    )
    rows = session.execute(grouped).all()
    examples = _examples(session, [(row.kind, row.error) for row in rows])
    return [_group(row, examples[row.kind, row.error]) for row in rows]


def _examples(session: Session, groups: list[tuple[str, str]]) -> dict[tuple[str, str], list[_Example]]:
    """Newest jobs of each group, at most MAX_EXAMPLES."""
    place = func.row_number().over(partition_by=(Job.kind, Job.error), order_by=Job.id.desc())
    those = tuple_(Job.kind, Job.error).in_(groups)
    newest = select(Job.id, place.label("place")).where(FAILED, those).subquery()
    rows = session.execute(
        select(Job, Submission)
        .join(newest, newest.c.id == Job.id)
        .outerjoin(Submission, Submission.id == Job.submission_id)
        .where(newest.c.place <= MAX_EXAMPLES)
        .order_by(Job.id.desc())
    )
    found: dict[tuple[str, str], list[_Example]] = defaultdict(list)
    for job, submission in rows:
        found[job.kind, job.error or ""].append((job, submission))
    return found


def _group(row: Any, examples: list[_Example]) -> FailureGroup:
    kind, error, dead, again, first, last = row
    newest = examples[0][0]
    touched = {submission.id: submission for _, submission in examples if submission}
    submissions = [AffectedSubmission(one.short_id, desk_page_id(one)) for one in touched.values()]
    return FailureGroup(kind, error, dead, again, first, last, newest.id, newest.traceback, submissions)
