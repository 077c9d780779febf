"""The queue, by the words that its page has in its address."""

from collections.abc import Mapping

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.paging import Count
from intake.queue.filters import CHOICES, FIELD_NAMES, Filters
from intake.queue.page import QueuePage, editor_queue, lane_counts
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.request_body import NO_CHOICE, NO_FIELD, NO_NUMBER, InvalidBody
from intake.web.api.serialize import below, plain, whole
from intake.web.token_auth import editor

__all__ = ["bp"]


@bp.get("/submissions")
@scopes("read")
def submissions() -> ResponseReturnValue:
    """A page of the queue; `next` is the address of the one after it."""
    found, numbers = _queue(asked(request.args), request.args.get("after", ""))
    items = [{**plain(item), "url": whole(item.id)} for item in found.items]
    following = below("submissions", **{**request.args, "after": found.next}) if found.next else None
    return jsonify({"items": items, "next": following, "counts": plain(numbers)})


def _queue(filters: Filters, after: str) -> tuple[QueuePage, dict[str, Count]]:
    """The one place that asks the database for the queue."""
    with transaction() as session:
        return editor_queue(session, filters, viewer=editor().id, after=after), lane_counts(session)


def asked(words: Mapping[str, str]) -> Filters:
    """Refused for a word that is not known: a misspelt filter would show more than was asked for."""
    wrong = {name: found for name, value in words.items() if (found := _wrong(name, value))}
    if wrong:
        raise InvalidBody(wrong)
    return Filters.parse(words)


def _wrong(name: str, value: str) -> list[str]:
    if name not in (*FIELD_NAMES, "after"):
        return [NO_FIELD]
    if name == "hours" and not (value.isascii() and value.isdigit()):
        return [NO_NUMBER]
    known = CHOICES.get(name, {value})
    return [] if value in known else [NO_CHOICE.format(", ".join(sorted(known)))]
