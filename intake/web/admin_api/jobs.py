"""Jobs: those that a filter chooses, one with its story, and what failed, by error."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.jobs import listing as queries
from intake.jobs.failures import Group
from intake.jobs.failures import failures as grouped
from intake.jobs.job_detail import job as story
from intake.jobs.job_filter import CHOICES, NAMES, JobFilter
from intake.jobs.listing import JobLine
from intake.models.columns import BIGINT
from intake.web.access import scopes
from intake.web.admin_api.blueprint import below, bp
from intake.web.desk_api.body import NO_FIELD, NO_NUMBER, Refused
from intake.web.desk_api.plain import plain
from intake.web.desk_api.queue import NO_CHOICE

__all__ = ["bp"]


@bp.get("/jobs")
@scopes("admin")
def jobs() -> ResponseReturnValue:
    """A page of what the filter chooses; `next` is the address of the one after it."""
    words = {**request.args}
    after = words.pop("after", "")
    if after and not (after.isascii() and after.isdigit() and int(after) <= BIGINT):
        raise Refused({"after": [NO_NUMBER]})
    with transaction() as session:
        found = queries.jobs(session, asked(words), int(after) if after else None)
    following = below("jobs", **{**words, "after": found.next}) if found.next else None
    return jsonify({**plain(found), "items": [_line(line) for line in found.items], "next": following})


@bp.get(f"/jobs/<int(max={BIGINT}):job_id>")
@scopes("admin")
def job(job_id: int) -> ResponseReturnValue:
    """Everything that is known of it."""
    with transaction() as session:
        found = story(session, job_id)
    told = {name: value for name, value in plain(found).items() if name != "line"}
    return jsonify({**_line(found.line), **told})


@bp.get("/failures")
@scopes("admin")
def failures() -> ResponseReturnValue:
    """Groups of jobs of one kind that ended with one error."""
    with transaction() as session:
        return jsonify({"items": [_group(group) for group in grouped(session)]})


def asked(words: Mapping[str, Any]) -> JobFilter:
    """Refused for a word that is not known: a misspelt filter would choose more than was meant."""
    wrong = {name: found for name, value in words.items() if (found := _wrong(name, value))}
    if wrong:
        raise Refused(wrong)
    return JobFilter.parse(words)


def _wrong(name: str, value: object) -> list[str]:
    if name not in NAMES:
        return [NO_FIELD]
    known = CHOICES.get(name)
    return [NO_CHOICE.format(", ".join(sorted(known)))] if known and value not in known else []


def _line(line: JobLine) -> dict[str, Any]:
    return {**plain(line), "url": below("job", job_id=line.id)}


def _group(group: Group) -> dict[str, Any]:
    return {
        **plain(group),
        "example": below("job", job_id=group.example),
        "jobs": below("jobs", kind=group.kind, error=group.error),
    }
