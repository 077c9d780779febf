"""Filter for jobs: by common properties, or by id."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, false, func

from intake.job_kinds import QUEUES
from intake.models import Job
from intake.models.job import NOT_A_CANARY, OPEN_STATUSES

_DUE = Job.run_at <= func.now()
STATES: dict[str, ColumnElement[bool]] = {
    "waiting": (Job.status == "sent") | ((Job.status == "pending") & _DUE),
    "pausing": (Job.status == "pending") & ~_DUE,
    "running": Job.status == "running",
    "dead": Job.status == "dead",
    "done": Job.status == "done",
    "discarded": Job.status == "discarded",
}
"""State of a job as the admin page names it → SQL condition.

A job with the status `pending` has the state `waiting` if its `run_at` has come, else `pausing`.
"""
OPEN = Job.status.in_(OPEN_STATUSES)
"""SQL condition for jobs that are neither done nor discarded, so a worker or an admin must still act."""

VALUE_CHARACTERS = 2000
UUID_DIGITS = 32


@dataclass(frozen=True)
class JobFilter:
    """Filter for jobs. Empty fields do not restrict anything.

    Without a status, the filter matches all open jobs. Without a kind, it matches all kinds but canaries.
    `status` is a key of STATES. `error` is the complete error text. `submission` is the id of a submission or
    its beginning. If `ids` lists job ids, the filter matches these jobs and ignores all other fields.
    """

    status: str = ""
    queue: str = ""
    kind: str = ""
    error: str = ""
    submission: str = ""
    ids: tuple[int, ...] = ()

    @classmethod
    def parse(cls, words: Mapping[str, str]) -> "JobFilter":
        """Build a filter from URL query arguments. Unknown values are ignored."""
        status, queue, kind, error, submission = (_known(name, words.get(name, "")) for name in NAMES)
        return cls(status, queue, kind, error, submission)

    def words(self) -> dict[str, str]:
        """Non-empty fields as URL query arguments."""
        return {name: value for name in NAMES if (value := getattr(self, name))}

    def where(self) -> list[ColumnElement[bool]]:
        """SQL conditions that each matching job meets."""
        if self.ids:
            return [Job.id.in_(self.ids)]
        asked = [
            STATES[self.status] if self.status else OPEN,
            Job.kind == self.kind if self.kind else NOT_A_CANARY,
        ]
        for column, value in ((Job.queue, self.queue), (Job.error, self.error)):
            asked += [column == value] if value else []
        return asked + ([_id_prefix(self.submission)] if self.submission else [])


NAMES = tuple(field.name for field in fields(JobFilter) if field.name != "ids")
CHOICES = {"status": set(STATES), "queue": set(QUEUES)}


def _known(name: str, typed: str) -> str:
    value = typed.strip().replace("\0", "")[:VALUE_CHARACTERS]
    return value if value in CHOICES.get(name, {value}) else ""


def _id_prefix(typed: str) -> ColumnElement[bool]:
    """SQL condition for jobs whose submission id has this prefix. An invalid prefix matches no job.

    The condition is a range of ids, so that PostgreSQL can use the index.
    """
    digits = typed.replace("-", "").lower()
    if len(digits) > UUID_DIGITS or not set(digits) <= set("0123456789abcdef"):
        return false()
    first, last = (uuid.UUID(digits.ljust(UUID_DIGITS, filler)) for filler in "0f")
    return Job.submission_id.between(first, last)
