"""Edits."""

import uuid
from functools import partial
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.review.revise import revise as add_revision
from intake.review.revisions import Content
from intake.review.revisions import current as content_of_now
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.current import config
from intake.web.desk.edits import NO_TEXT_LEFT, edit_body
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.body import NO_FIELD, Refused, read
from intake.web.desk_api.submission import answer
from intake.web.forms.edit import EditForm, cleaned

__all__ = ["bp"]

NO_LIST = "Please send a list of objects, each with the id of a photo."
PHOTO_WORDS = frozenset({"id", "caption", "credit", "alt"})


@bp.post("/submissions/<uuid:submission_id>/revisions")
@scopes("write")
def revise(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an edit as a new revision, cleaned like a contributor's text. What it leaves out stays as it is."""
    request.max_content_length = edit_body(config())
    with transaction() as session:
        now = content_of_now(session, submission_id)
    form = read(partial(EditForm, now), adapt=partial(_as_typed, now))
    edit = cleaned(form)
    if now.html and not edit.html:
        raise Refused({"body": [NO_TEXT_LEFT]})
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
        raise Refused({"photos": [NO_LIST]})
    strange = sorted({name for one in sent for name in one} - PHOTO_WORDS)
    if strange:
        raise Refused({f"photos: {name}": [NO_FIELD] for name in strange})
    return [
        {**known[one["id"]], **one, "id": one["id"], "place": place}
        for place, one in enumerate(sent, start=1)
    ]
