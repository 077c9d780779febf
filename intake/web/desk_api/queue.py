"""The queue."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.lifecycle import STATUSES
from intake.queries.queue import FILTERS, QueuePage, counts, editor_queue
from intake.web.access import scopes
from intake.web.desk_api.addresses import below, whole
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.body import NO_FIELD, Refused
from intake.web.desk_api.plain import plain

__all__ = ["bp"]

# Words of the address, as the queue's page has them → what each may be; None: anything.
PARAMETERS = {"status": (*FILTERS, *STATUSES), "order": ("newest", "oldest"), "after": None}


@bp.get("/submissions")
@scopes("read")
def submissions() -> ResponseReturnValue:
    """A page of the queue; `next` is the address of the one after it."""
    found, numbers = _queue(_asked())
    items = [{**plain(item), "url": whole(item.id)} for item in found.items]
    following = below("submissions", **{**request.args, "after": found.next}) if found.next else None
    return jsonify({"items": items, "next": following, "counts": numbers})


def _queue(asked: dict[str, str]) -> tuple[QueuePage, dict[str, int]]:
    """The one place that asks the database for the queue."""
    with transaction() as session:
        return editor_queue(session, **asked), counts(session)


def _asked() -> dict[str, str]:
    """Refused for a word that is not known: a misspelt filter would show more than was asked for."""
    wrong = {
        name: [f"Please choose one of {', '.join(known)}." if known else NO_FIELD]
        for name, value in request.args.items()
        if (known := PARAMETERS.get(name, ())) is not None and value not in known
    }
    if wrong:
        raise Refused(wrong)
    return request.args.to_dict()
