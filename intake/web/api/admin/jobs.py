"""Jobs: those that a filter chooses, one with its story, and what failed, by error."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.jobs import job_detail, listing
from intake.jobs.admin_actions import discard, retry
from intake.jobs.failures import FailureGroup
from intake.jobs.failures import failures as grouped
from intake.jobs.job_filter import CHOICES, NAMES, JobFilter
from intake.jobs.listing import JobLine
from intake.models.columns import BIGINT_MAX
from intake.web.access import scopes
from intake.web.api.admin.blueprint import below, bp
from intake.web.api.request_body import NO_CHOICE, NO_FIELD, NO_NUMBER, InvalidBody, read
from intake.web.api.serialize import plain
from intake.web.forms.admin import MOST_NAMED, DiscardsBody, RetriesBody
from intake.web.token_auth import editor

__all__ = ["bp"]


@bp.get("/jobs")
@scopes("admin")
def jobs() -> ResponseReturnValue:
    """A page of what the filter chooses; `next` is the address of the one after it."""
    words = {**request.args}
    after = words.pop("after", "")
    if after and not (after.isascii() and after.isdigit() and int(after) <= BIGINT_MAX):
        raise InvalidBody({"after": [NO_NUMBER]})
    with transaction() as session:
        found = listing.job_page(session, asked(words), int(after) if after else None)
    following = below("jobs", **{**words, "after": found.next}) if found.next else None
    return jsonify({**plain(found), "items": [_line(line) for line in found.items], "next": following})


@bp.get(f"/jobs/<int(max={BIGINT_MAX}):job_id>")
@scopes("admin")
def job(job_id: int) -> ResponseReturnValue:
    """Everything that is known of it."""
    with transaction() as session:
        found = job_detail.job(session, job_id)
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
        raise InvalidBody(wrong)
    return JobFilter.parse(words)


def _wrong(name: str, value: object) -> list[str]:
    if name not in NAMES:
        return [NO_FIELD]
    known = CHOICES.get(name)
    return [NO_CHOICE.format(", ".join(sorted(known)))] if known and value not in known else []


def _line(line: JobLine) -> dict[str, Any]:
    return {**plain(line), "url": below("job", job_id=line.id)}


def _group(group: FailureGroup) -> dict[str, Any]:
    return {
        **plain(group),
        "example": below("job", job_id=group.example),
        "jobs": below("jobs", kind=group.kind, error=group.error),
    }


NO_IDS = f"Please send a list of one to {MOST_NAMED} numbers of jobs."
NO_FILTER = "Please send an object with one word at least, such as `status`."
ONE_OF_THEM = "Please send either `ids` or `filter`."


@bp.post("/jobs/retries")
@scopes("admin")
def retry_jobs() -> ResponseReturnValue:
    """Put them in line again; of those that are named all, or none."""
    form = read(RetriesBody, adapt=_but_which)
    chosen = _chosen()
    with transaction() as session:
        return jsonify({"count": retry(session, chosen, editor(), form.reason.data or "")})


@bp.post("/jobs/discards")
@scopes("admin")
def discard_jobs() -> ResponseReturnValue:
    """Leave them undone; `kept` are those of kinds that must be done."""
    form = read(DiscardsBody, adapt=_but_which)
    chosen = _chosen()
    with transaction() as session:
        kept = listing.discard_preview(session, chosen).kept
        count = discard(session, chosen, form.reason.data or "", editor(), form.count.data)
    return jsonify({"count": count, "kept": plain(kept)})


def _but_which(sent: dict[str, Any]) -> dict[str, Any]:
    """Numbers and filters are no words, which is what forms have: they are checked by themselves."""
    return {name: value for name, value in sent.items() if name not in {"ids", "filter"}}


def _chosen() -> JobFilter:
    sent = request.get_json()
    if ("ids" in sent) == ("filter" in sent):
        raise InvalidBody({"ids": [ONE_OF_THEM]})
    return JobFilter(ids=_ids(sent["ids"])) if "ids" in sent else _filter(sent["filter"])


def _ids(sent: object) -> tuple[int, ...]:
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST_NAMED or not all(map(_is_number, sent)):
        raise InvalidBody({"ids": [NO_IDS]})
    return tuple(sent)


def _is_number(sent: object) -> bool:
    return isinstance(sent, int) and not isinstance(sent, bool) and 0 < sent <= BIGINT_MAX


def _filter(sent: object) -> JobFilter:
    """An empty one would mean all there is, which nobody means who forgot a word."""
    if not isinstance(sent, dict) or not sent or not all(isinstance(value, str) for value in sent.values()):
        raise InvalidBody({"filter": [NO_FILTER]})
    return asked(sent)
