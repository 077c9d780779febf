"""Older revisions: one of them, what differs between two, and going back to one."""

import uuid

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.review.revise import restore as go_back
from intake.review.revisions import compare as compared
from intake.review.revisions import content
from intake.review.submission_detail import piece
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.body import NO_FIELD, NO_NUMBER, Refused, read
from intake.web.desk_api.plain import plain
from intake.web.desk_api.submission import answer
from intake.web.forms.restore import RestoreForm

__all__ = ["bp"]

# No greater number fits into the column.
INT = 2**31 - 1


@bp.get(f"/submissions/<uuid:submission_id>/revisions/<int(max={INT}):number>")
@scopes("read")
def revision(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """A text with all that stood beside it."""
    with transaction() as session:
        piece(session, submission_id)
        return jsonify(plain(content(session, submission_id, number)))


@bp.get("/submissions/<uuid:submission_id>/compare")
@scopes("read")
def compare(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Two revisions; without their numbers (`from`, `to`), the two that came last."""
    unknown = {name: [NO_FIELD] for name in request.args if name not in {"from", "to"}}
    if unknown:
        raise Refused(unknown)
    with transaction() as session:
        newest = piece(session, submission_id).revision.number
        before, after = _number("from", max(1, newest - 1)), _number("to", newest)
        found = compared(content(session, submission_id, before), content(session, submission_id, after))
    return jsonify({"from": before, "to": after, **plain(found)})


@bp.post(f"/submissions/<uuid:submission_id>/revisions/<int(max={INT}):number>/restore")
@scopes("write")
def restore(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Go back: a new revision with what an older one held."""
    form = read(RestoreForm)
    with transaction() as session:
        go_back(session, submission_id, editor(), form.version.data or 0, number, form.why(number))
    return answer(submission_id, 201)


def _number(name: str, default: int) -> int:
    asked = request.args.get(name)
    if asked is None:
        return default
    if not (asked.isascii() and asked.isdigit() and len(asked) < 11):
        raise Refused({name: [NO_NUMBER]})
    return int(asked)
