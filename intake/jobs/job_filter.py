"""Which jobs somebody speaks of: by what they have in common, or by number."""

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
"""How a job stands, as people ask for it: one that is due, one whose time has not come, and so on."""
OPEN = Job.status.in_(OPEN_STATUSES)
"""What still asks for work, of a machine or of an admin."""

VALUE_CHARACTERS = 2000
UUID_DIGITS = 32


@dataclass(frozen=True)
class JobFilter:
    """Empty fields ask for nothing; without a status, all that is not over, without a kind, all but canaries.

    `status` is one of STATES, `error` the whole text, as failures are grouped by it, `submission` an id or its beginning.
    `ids` names jobs one by one, whatever their status.
    """

    status: str = ""
    queue: str = ""
    kind: str = ""
    error: str = ""
    submission: str = ""
    ids: tuple[int, ...] = ()

    @classmethod
    def parse(cls, words: Mapping[str, str]) -> "JobFilter":
        """The words of an address; what is not known asks for nothing."""
        status, queue, kind, error, submission = (_known(name, words.get(name, "")) for name in NAMES)
        return cls(status, queue, kind, error, submission)

    def words(self) -> dict[str, str]:
        """The fields that ask for something, as words of an address."""
        return {name: value for name in NAMES if (value := getattr(self, name))}

    def where(self) -> list[ColumnElement[bool]]:
        """What holds for each of these jobs."""
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
    """As a range, for which there is an index. What begins no id is of no job."""
    digits = typed.replace("-", "").lower()
    if len(digits) > UUID_DIGITS or not set(digits) <= set("0123456789abcdef"):
        return false()
    first, last = (uuid.UUID(digits.ljust(UUID_DIGITS, filler)) for filler in "0f")
    return Job.submission_id.between(first, last)
