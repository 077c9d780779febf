"""One submission."""

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.actions.contact import view_contact as read_contact
from intake.db import transaction
from intake.queries.next import neighbours
from intake.queries.piece import Piece
from intake.web.access import roles
from intake.web.desk.blueprint import bp, context, load
from intake.web.forms.decision import DecisionForm


@bp.get("/submissions/<uuid:submission_id>")
@roles("editor", "chief")
def submission(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Text, photos, timeline, and what can be decided."""
    return piece_page(load(submission_id))


@bp.post("/submissions/<uuid:submission_id>/contact-views")
@roles("editor", "chief")
def view_contact(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show how to reach the contributor; that it was shown is in the timeline."""
    with transaction() as session:
        contact = read_contact(session, submission_id, current_user)
    return piece_page(load(submission_id), contact=contact)


def piece_page(current: Piece, form: DecisionForm | None = None, contact: str | None = None) -> str:
    """The page, with a form that could not be taken where there is one."""
    form = form or DecisionForm(formdata=None, data={"version": current.submission.version})
    with transaction() as session:
        beside = neighbours(session, current.submission.id)
    return render_template(
        "desk/submission.html", form=form, contact=contact, beside=beside, **context(current)
    )
