"""The texts of a piece: reading an older one, and writing the next."""

import uuid

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.actions.errors import StaleRevision
from intake.actions.revise import Edit
from intake.actions.revise import revise as add_revision
from intake.db import transaction
from intake.lifecycle import IllegalMove
from intake.queries.cleaning import cleaning as cleaning_of
from intake.queries.piece import Piece
from intake.settings import Settings
from intake.text import clean_body, clean_line, source
from intake.web.access import roles
from intake.web.current import config
from intake.web.desk.blueprint import NOT_NOW, bp, context, load, stale
from intake.web.errors import page
from intake.web.forms.desk import EDIT_FACTOR, EditForm

__all__ = ["bp", "clean_edit", "edit_body"]

NO_TEXT_LEFT = "There is no text left. To turn the piece down, reject it."


def edit_body(settings: Settings) -> int:
    """Bytes that an edit may take on its way: three for each byte of text, and as much again for the page that refuses more."""
    return 1024 * 1024 + 2 * 3 * EDIT_FACTOR * settings.max_text_bytes


@bp.url_value_preprocessor
def allow_for_text(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Before the check for forgery reads the form: in the view it would be too late."""
    if endpoint == "desk.revise":
        request.max_content_length = edit_body(config())


@bp.get("/submissions/<uuid:submission_id>/revisions/new")
@roles("editor", "chief")
def edit(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The current text in an editor."""
    current = load(submission_id)
    if "edit" not in current.may:
        return page(
            409, NOT_NOW, "This submission has moved on.", "Load its page again to see where it stands."
        )
    text = current.revision
    form = EditForm(
        formdata=None,
        data={"version": current.submission.version, "title": text.title, "body": source(text.source)},
    )
    return _edit_page(current, form)


@bp.post("/submissions/<uuid:submission_id>/revisions")
@roles("editor", "chief")
def revise(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an edit as a new revision, cleaned like a contributor's text."""
    form, current = EditForm(), load(submission_id)
    if not form.validate():
        return _edit_page(current, form), 422
    cleaned = clean_edit(form)
    if not cleaned.html and current.revision.source:
        form.body.errors = [NO_TEXT_LEFT]
        return _edit_page(current, form), 422
    try:
        with transaction() as session:
            add_revision(session, submission_id, current_user, form.version.data or 0, cleaned)
    except (StaleRevision, IllegalMove):
        typed = {
            "kind": "edit",
            "title": form.title.data,
            "body": form.body.data,
            "note": form.note.data or "",
        }
        return stale(submission_id, form, typed)
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.get("/submissions/<uuid:submission_id>/revisions/<int:number>")
@roles("editor", "chief")
def revision(submission_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """An older text."""
    current = load(submission_id)
    text = next((r for r in current.revisions if r.number == number), None)
    if text is None:
        return page(404)
    return render_template("desk/revision.html", **(context(current) | {"revision": text}))


@bp.get("/submissions/<uuid:submission_id>/cleaning")
@roles("editor", "chief")
def cleaning(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What cleaning changed of the words as they came."""
    with transaction() as session:
        found = cleaning_of(session, submission_id)
    return render_template("desk/cleaning.html", submission_id=submission_id, **vars(found))


def _edit_page(current: Piece, form: EditForm) -> str:
    return render_template("desk/edit.html", form=form, **context(current))


def clean_edit(form: EditForm) -> Edit:
    """What a form that was found valid says, cleaned like a contributor's text."""
    body = clean_body(form.body.data or "", format="html")
    return Edit(clean_line(form.title.data or ""), body.html, body.words, clean_line(form.note.data or ""))
