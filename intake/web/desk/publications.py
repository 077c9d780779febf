"""A piece has appeared: somebody says so, and where."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.errors import StaleRevision
from intake.lifecycle import IllegalMove
from intake.publishing.publish import publish as mark_published
from intake.web.access import roles
from intake.web.desk.blueprint import bp, context, load, stale
from intake.web.forms.publications import PublicationForm

__all__ = ["bp"]


@bp.post("/submissions/<uuid:submission_id>/publications")
@roles("editor", "chief")
def publish(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Mark an accepted piece as published, with the address where it appeared, if it has one."""
    form = PublicationForm()
    if not form.validate():
        return render_template("desk/publication.html", form=form, **context(load(submission_id))), 422
    try:
        with transaction() as session:
            mark_published(session, submission_id, current_user, form.version.data or 0, form.url.data or "")
    except (StaleRevision, IllegalMove):
        return stale(submission_id, form, {"kind": "publication", "url": form.url.data or ""})
    flash("Marked as published.")
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.context_processor
def _forms() -> dict[str, Callable[[int], PublicationForm]]:
    """The page of a submission shows this form too."""
    return {"publication_form": _blank}


def _blank(version: int) -> PublicationForm:
    typed: dict[str, Any] = {"version": version}
    return PublicationForm(formdata=None, data=typed)
