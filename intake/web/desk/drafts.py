"""Drafts: typed text is saved on the server until it is sent or discarded."""

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FieldList
from wtforms.form import BaseForm

from intake.db import transaction
from intake.models.desk import KINDS
from intake.review.drafts import Fields, SavedDraft, delete_draft, differs, save_draft
from intake.web.access import requires
from intake.web.desk.blueprint import bp
from intake.web.errors import page
from intake.web.language import gettext

__all__ = ["bp", "draft_form_data", "fields_of", "form_with_draft", "offered_drafts", "typed"]

F = TypeVar("F", bound=FlaskForm)

SMALL = 64 * 1024
"""Limit of a request body in bytes for all drafts except those of edits, which have a higher limit."""
# Hidden fields that carry no typed text.
_UNTYPED = frozenset({"csrf_token"})
VERSION = "version"


@bp.url_value_preprocessor
def allow_for_words(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Set the limit of the request body for a draft. The CSRF check reads the form before the view runs."""
    if endpoint == "desk.save" and values and values.get("kind") != "edit":
        request.max_content_length = SMALL


@bp.post("/submissions/<uuid:submission_id>/drafts/<kind>")
@requires("draft.save")
def save(submission_id: uuid.UUID, kind: str) -> ResponseReturnValue:
    """Save the fields of a form as a draft. The request body is the encoded form."""
    version = request.form.get(VERSION, type=int)
    if kind not in KINDS:
        return page(404)
    if version is None or not 0 < version < 2**31:
        return page(
            422,
            gettext("This draft cannot be saved"),
            gettext("The request has no valid version."),
            gettext("Reload the page."),
        )
    with transaction() as session:
        save_draft(session, submission_id, current_user, kind, version, typed())
    return "", 204


@bp.post("/submissions/<uuid:submission_id>/drafts/<kind>/discards")
@requires("draft.save")
def discard(submission_id: uuid.UUID, kind: str) -> ResponseReturnValue:
    """Discard a draft. Redirects to the page with its form."""
    if kind not in KINDS:
        return page(404)
    with transaction() as session:
        delete_draft(session, submission_id, current_user, kind)
    endpoint = "desk.edit" if kind == "edit" else "desk.submission"
    return redirect(url_for(endpoint, submission_id=submission_id), 303)


def form_with_draft(form: type[F], draft: SavedDraft | None, data: Mapping[str, Any]) -> F:
    """Build a form filled with the draft, or with `data` if there is no draft."""
    made: F = form(formdata=draft_form_data(draft) if draft else None, data=data)
    return made


def draft_form_data(draft: SavedDraft) -> MultiDict[str, str]:
    """Return the draft as form data."""
    return MultiDict((name, value) for name, values in draft.fields.items() for value in values)


def offered_drafts(drafts: Mapping[str, SavedDraft], forms: Mapping[str, BaseForm]) -> dict[str, SavedDraft]:
    """Return kind → draft for the drafts that differ from the forms on the page."""
    return {
        kind: drafts[kind]
        for kind in drafts.keys() & forms.keys()
        if differs(drafts[kind].fields, fields_of(forms[kind]))
    }


def typed() -> Fields:
    """Return the form fields of this request.

    NUL characters are removed, because PostgreSQL cannot store them.
    """
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in request.form.lists()
        if name not in _UNTYPED
    }


def fields_of(form: BaseForm) -> Fields:
    """Return the fields that an unchanged form would send, without CSRF token and version."""
    found: Fields = {}
    for one in form:
        if isinstance(one, FieldList):
            for entry in one:
                found |= fields_of(entry.form)
        elif one.short_name not in {*_UNTYPED, VERSION}:
            found[one.name] = ["" if one.data is None else str(one.data)]
    return found
