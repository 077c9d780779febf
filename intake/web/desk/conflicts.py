"""The answer to an edit that came too late: both side by side, nothing typed is lost, and what only they changed is kept."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from intake.db import transaction
from intake.errors import NotFound
from intake.review import revisions
from intake.review.drafts import save_draft
from intake.review.revise import Edit
from intake.review.revisions import Content, compare, content, edited
from intake.review.submission_detail import changes_since
from intake.web.desk.blueprint import context, load, stale
from intake.web.desk.drafts import typed
from intake.web.desk.merge import merge
from intake.web.forms.edit import EditForm, cleaned


def stale_edit(submission_id: uuid.UUID, form: EditForm, made: Edit) -> ResponseReturnValue:
    """A page with what was typed, what they made of it meanwhile, and the difference."""
    current = load(submission_id)
    version = form.version.data or 0
    with transaction() as session:
        # Not every browser runs the script that has kept it already.
        save_draft(session, submission_id, current_user, "edit", version, typed())
        now = revisions.current(session, submission_id)
    base = _base(submission_id, form.base.data)
    taken = merge(form, base, now, made) if base and base.number != now.number else []
    form.version.data, form.base.data = current.submission.version, now.number
    return render_template(
        "desk/stale_edit.html",
        form=form,
        changes=changes_since(current, version),
        theirs=compare(base, now) if base else None,
        yours=compare(now, edited(now, cleaned(form))),
        taken=taken,
        **context(current),
    ), 409


def _base(submission_id: uuid.UUID, number: int | None) -> Content | None:
    """The revision that the form was made on."""
    try:
        with transaction() as session:
            return content(session, submission_id, number or 0)
    except NotFound:
        return None


def too_late(submission_id: uuid.UUID, form: FlaskForm, typed: Mapping[str, Any]) -> ResponseReturnValue:
    """As `stale`; of a submission that is deleted there is no page, and the words stand on one of their own."""
    try:
        return stale(submission_id, form, typed)
    except NotFound:
        return render_template("desk/kept.html", typed=typed), 409
