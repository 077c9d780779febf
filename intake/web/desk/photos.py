"""One photo: looked at large, and marked as graphic."""

import uuid

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.retouches.request import mark_graphic
from intake.review.photo_detail import closeup
from intake.web.access import roles
from intake.web.desk.blueprint import bp, context, load
from intake.web.forms.photos import GraphicForm

__all__ = ["bp", "photo_url"]


def photo_url(submission_id: uuid.UUID, photo_id: uuid.UUID) -> str:
    """The page of a photo."""
    return url_for("desk.photo_page", submission_id=submission_id, photo_id=photo_id)


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/")
@roles("editor", "chief")
def photo_page(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """The picture large, what cleaning took out of it, and what can be done to it."""
    current = load(submission_id)
    return render_template("desk/photo.html", **context(current), **vars(closeup(current, photo_id)))


@bp.post("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/graphic")
@roles("editor", "chief")
def mark(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Mark it as graphic, or no longer."""
    form = GraphicForm()
    with transaction() as session:
        mark_graphic(session, submission_id, photo_id, current_user, graphic=bool(form.graphic.data))
    return redirect(photo_url(submission_id, photo_id), 303)
