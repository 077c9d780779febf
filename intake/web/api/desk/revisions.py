"""Older revisions: one of them, what differs between two, and going back to one."""

import uuid
from functools import partial
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.review import revisions
from intake.review.revise import restore as go_back
from intake.review.revise import revise as add_revision
from intake.review.revisions import Content, content
from intake.review.submission_detail import submission_detail
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import answer
from intake.web.api.request_body import NO_FIELD, NO_NUMBER, InvalidBody, read
from intake.web.api.serialize import plain
from intake.web.current import config
from intake.web.forms.edit import NO_TEXT_LEFT, EditForm, RestoreForm, cleaned, edit_body
from intake.web.token_auth import editor

__all__ = ["bp"]


# No greater number fits into the column.
INT = 2**31 - 1


@bp.get(f"/submissions/<uuid:submission_id>/revisions/<int(max={INT}):number>")
@scopes("read")
def revision(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """A text with all that stood beside it."""
    with transaction() as session:
        submission_detail(session, submission_id)
        return jsonify(plain(content(session, submission_id, number)))


@bp.get("/submissions/<uuid:submission_id>/compare")
@scopes("read")
def compare(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Two revisions; without their numbers (`from`, `to`), the two that came last."""
    unknown = {name: [NO_FIELD] for name in request.args if name not in {"from", "to"}}
    if unknown:
        raise InvalidBody(unknown)
    with transaction() as session:
        newest = submission_detail(session, submission_id).revision.number
        before, after = _number("from", max(1, newest - 1)), _number("to", newest)
        found = revisions.compare(
            content(session, submission_id, before), content(session, submission_id, after)
        )
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
        raise InvalidBody({name: [NO_NUMBER]})
    return int(asked)


NO_LIST = "Please send a list of objects, each with the id of a photo."
PHOTO_WORDS = frozenset({"id", "caption", "credit", "alt"})


@bp.post("/submissions/<uuid:submission_id>/revisions")
@scopes("write")
def revise(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an edit as a new revision, cleaned like a contributor's text. What it leaves out stays as it is."""
    request.max_content_length = edit_body(config())
    with transaction() as session:
        now = revisions.current(session, submission_id)
    form = read(partial(EditForm, now), adapt=partial(_as_typed, now))
    edit = cleaned(form)
    if now.html and not edit.html:
        raise InvalidBody({"body": [NO_TEXT_LEFT]})
    with transaction() as session:
        add_revision(session, submission_id, editor(), form.version.data or 0, edit)
    return answer(submission_id, 201)


def _as_typed(now: Content, sent: dict[str, Any]) -> dict[str, Any]:
    """As the page's form has it: tags in one line, and the fields of each photo under a number of its own."""
    typed = dict(sent)
    if isinstance(sent.get("tags"), list):
        typed["tags"] = ", ".join(map(str, sent["tags"]))
    photos = typed.pop("photos", None)
    for number, photo in enumerate(_photos(now, photos) if photos else []):
        typed |= {f"photos-{number}-{name}": value for name, value in photo.items()}
    return typed


def _photos(now: Content, sent: Any) -> list[dict[str, Any]]:
    """In the order that was sent; a word that was left out stays as it is."""
    known = {str(one.id): vars(one) for one in (now.details.photos if now.details else ())}
    if not isinstance(sent, list) or not all(
        isinstance(one, dict) and one.get("id") in known for one in sent
    ):
        raise InvalidBody({"photos": [NO_LIST]})
    strange = sorted({name for one in sent for name in one} - PHOTO_WORDS)
    if strange:
        raise InvalidBody({f"photos: {name}": [NO_FIELD] for name in strange})
    return [
        {**known[one["id"]], **one, "id": one["id"], "place": place}
        for place, one in enumerate(sent, start=1)
    ]
