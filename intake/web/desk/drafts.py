"""What somebody types is kept on the server, until it is sent or thrown away."""

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import FieldList
from wtforms.form import BaseForm

from intake.db import transaction
from intake.models.desk import KINDS
from intake.review.drafts import Fields, SavedDraft, delete_draft, differs, save_draft
from intake.web.access import roles
from intake.web.desk.blueprint import bp
from intake.web.errors import page

__all__ = ["as_sent", "bp", "fields_of", "open_offers", "taken_up", "typed"]

F = TypeVar("F", bound=FlaskForm)

SMALL = 64 * 1024
"""Bytes of a draft of anything but an edit, which has a limit of its own."""
# They say nothing of what was typed.
_OURS = frozenset({"csrf_token"})
VERSION = "version"


@bp.url_value_preprocessor
def allow_for_words(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before the check for forgery reads the form."""
    if endpoint == "desk.save" and values and values.get("kind") != "edit":
        request.max_content_length = SMALL


@bp.get("/token")
@roles("editor", "chief")
def token() -> ResponseReturnValue:
    """What a form that is open needs to be sent, where its own is of a session that has ended."""
    return jsonify(csrf_token=generate_csrf())


@bp.post("/submissions/<uuid:submission_id>/drafts/<kind>")
@roles("editor", "chief")
def save(submission_id: uuid.UUID, kind: str) -> ResponseReturnValue:
    """Keep the fields of a form, sent as the form itself would send them."""
    version = request.form.get(VERSION, type=int)
    if kind not in KINDS:
        return page(404)
    if version is None or not 0 < version < 2**31:
        return page(422, "This cannot be kept", "It does not say what it shows.", "Load the page again.")
    with transaction() as session:
        save_draft(session, submission_id, current_user, kind, version, typed())
    return "", 204


@bp.post("/submissions/<uuid:submission_id>/drafts/<kind>/discards")
@roles("editor", "chief")
def discard(submission_id: uuid.UUID, kind: str) -> ResponseReturnValue:
    """Throw a draft away, and go to the page that it was made on."""
    if kind not in KINDS:
        return page(404)
    with transaction() as session:
        delete_draft(session, submission_id, current_user, kind)
    endpoint = "desk.edit" if kind == "edit" else "desk.submission"
    return redirect(url_for(endpoint, submission_id=submission_id), 303)


def taken_up(form: type[F], draft: SavedDraft | None, data: Mapping[str, Any]) -> F:
    """A form that is to be shown: with what is in the draft, where it is taken up again, else with `data`."""
    made: F = form(formdata=as_sent(draft) if draft else None, data=data)
    return made


def as_sent(draft: SavedDraft) -> MultiDict[str, str]:
    """What a form of it would send."""
    return MultiDict((name, value) for name, values in draft.fields.items() for value in values)


def open_offers(drafts: Mapping[str, SavedDraft], forms: Mapping[str, BaseForm]) -> dict[str, SavedDraft]:
    """The drafts that say something else than the forms that are shown: kind → draft."""
    return {
        kind: drafts[kind]
        for kind in drafts.keys() & forms.keys()
        if differs(drafts[kind].fields, fields_of(forms[kind]))
    }


def typed() -> Fields:
    """The fields of the form that this request sends; the database takes no NUL."""
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in request.form.lists()
        if name not in _OURS
    }


def fields_of(form: BaseForm) -> Fields:
    """A form as it would be sent without a change, but for the hidden fields that are ours."""
    found: Fields = {}
    for one in form:
        if isinstance(one, FieldList):
            for entry in one:
                found |= fields_of(entry.form)
        elif one.short_name not in {*_OURS, VERSION}:
            found[one.name] = ["" if one.data is None else str(one.data)]
    return found
