"""What an editor was told of and has not seen."""

import uuid

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.notifications.notify import see, unseen, unseen_count
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.desk_api.addresses import whole
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.plain import plain

__all__ = ["bp"]


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
        see(session, editor())
    return _listed()


@bp.post("/submissions/<uuid:submission_id>/seen")
@scopes("write")
def seen(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What there was about one submission is seen; answers what is left."""
    with transaction() as session:
        see(session, editor(), submission_id)
    return _listed()


def _listed() -> Response:
    with transaction() as session:
        found, number = unseen(session, editor()), unseen_count(session, editor())
    items = [{**plain(one), "url": whole(one.submission_id) if one.title else None} for one in found]
    return jsonify({"items": items, "count": number})
