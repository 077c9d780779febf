"""Who is at the desk."""

import uuid

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from intake.accounts import people
from intake.db import transaction
from intake.notifications.notify import mark_read, unread, unread_count
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.serialize import plain, whole
from intake.web.token_auth import editor

__all__ = ["bp"]


@bp.get("/editors")
@scopes("read")
def editors() -> ResponseReturnValue:
    """By name: their numbers are for the filter `claimed`, their names for mentions."""
    with transaction() as session:
        found = people.editors(session)
    return jsonify({"items": [{"id": number, "name": name} for number, name in found.items()]})


@bp.get("/for-you")
@scopes("read")
def for_you() -> ResponseReturnValue:
    """The newest first; `count` is of all, also of those that are too many to be listed."""
    return _listed()


@bp.post("/for-you/seen")
@scopes("write")
def all_seen() -> ResponseReturnValue:
    """Nothing of it is news any more."""
    with transaction() as session:
        mark_read(session, editor())
    return _listed()


@bp.post("/submissions/<uuid:submission_id>/seen")
@scopes("write")
def seen(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What there was about one submission is seen; answers what is left."""
    with transaction() as session:
        mark_read(session, editor(), submission_id)
    return _listed()


def _listed() -> Response:
    with transaction() as session:
        found, number = unread(session, editor()), unread_count(session, editor())
    items = [{**plain(one), "url": whole(one.submission_id) if one.title else None} for one in found]
    return jsonify({"items": items, "count": number})
