"""Retries and discards: of jobs that are named, or of all that a filter chooses."""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.jobs import listing as queries
from intake.jobs.admin_actions import discard, retry
from intake.jobs.job_filter import JobFilter
from intake.models.columns import BIGINT
from intake.web.access import scopes
from intake.web.admin_api.blueprint import bp
from intake.web.admin_api.jobs import asked
from intake.web.bearer import editor
from intake.web.desk_api.body import Refused, read
from intake.web.desk_api.plain import plain
from intake.web.forms.admin import DiscardsBody, RetriesBody

__all__ = ["bp"]

MOST_NAMED = 1000
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
        kept = queries.discards(session, chosen).kept
        count = discard(session, chosen, form.reason.data or "", editor(), form.count.data)
    return jsonify({"count": count, "kept": plain(kept)})


def _but_which(sent: dict[str, Any]) -> dict[str, Any]:
    """Numbers and filters are no words, which is what forms have: they are checked by themselves."""
    return {name: value for name, value in sent.items() if name not in {"ids", "filter"}}


def _chosen() -> JobFilter:
    sent = request.get_json()
    if ("ids" in sent) == ("filter" in sent):
        raise Refused({"ids": [ONE_OF_THEM]})
    return JobFilter(ids=_ids(sent["ids"])) if "ids" in sent else _filter(sent["filter"])


def _ids(sent: object) -> tuple[int, ...]:
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST_NAMED or not all(map(_is_number, sent)):
        raise Refused({"ids": [NO_IDS]})
    return tuple(sent)


def _is_number(sent: object) -> bool:
    return isinstance(sent, int) and not isinstance(sent, bool) and 0 < sent <= BIGINT


def _filter(sent: object) -> JobFilter:
    """An empty one would mean all there is, which nobody means who forgot a word."""
    if not isinstance(sent, dict) or not sent or not all(isinstance(value, str) for value in sent.values()):
        raise Refused({"filter": [NO_FILTER]})
    return asked(sent)
