"""The editors' side: parse, call one action, map what it refuses, redirect."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.actions.contact import view_contact as read_contact
from intake.actions.decide import decide as take_decision
from intake.actions.errors import ReasonMissing, StaleRevision
from intake.db import transaction
from intake.lifecycle import STATUSES, IllegalMove
from intake.queries.piece import Piece, changes_since, piece
from intake.queries.queue import FILTERS, counts, editor_queue
from intake.web.access import roles
from intake.web.errors import page
from intake.web.forms import DecisionForm, EditForm

bp = Blueprint("desk", __name__, url_prefix="/desk")

NOT_NOW = "That cannot be done any more"


@bp.get("/")
@roles("editor", "chief")
def queue() -> ResponseReturnValue:
    """What waits, or what a filter names."""
    status = request.args.get("status", "waiting")
    order = "oldest" if request.args.get("order") == "oldest" else "newest"
    if status not in FILTERS and status not in STATUSES:
        return page(404)
    with transaction() as session:
        found = editor_queue(session, status=status, order=order, after=request.args.get("after", ""))
        numbers = counts(session)
    return render_template("desk/queue.html", status=status, order=order, counts=numbers, **vars(found))


@bp.get("/submissions/<uuid:submission_id>")
@roles("editor", "chief")
def submission(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Text, photos, timeline, and what can be decided."""
    return _piece_page(load(submission_id))


@bp.post("/submissions/<uuid:submission_id>/decisions")
@roles("editor", "chief")
def decide(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Accept or reject."""
    form = DecisionForm()
    verdict = form.verdict.data or ""
    if not form.validate():
        return _piece_page(load(submission_id), form), 422
    try:
        with transaction() as session:
            take_decision(
                session, submission_id, current_user, form.version.data or 0, verdict, form.reason.data or ""
            )
    except ReasonMissing:
        form.reason.errors = ["Please say why: the contributor reads it."]
        return _piece_page(load(submission_id), form), 422
    except (StaleRevision, IllegalMove):
        return stale(
            submission_id, form, {"kind": "decision", "verdict": verdict, "reason": form.reason.data or ""}
        )
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.post("/submissions/<uuid:submission_id>/contact-views")
@roles("editor", "chief")
def view_contact(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show how to reach the contributor; that it was shown is in the timeline."""
    with transaction() as session:
        contact = read_contact(session, submission_id, current_user)
    return _piece_page(load(submission_id), contact=contact)


def load(submission_id: uuid.UUID) -> Piece:
    """The piece; NotFound."""
    with transaction() as session:
        return piece(session, submission_id)


def context(current: Piece) -> dict[str, object]:
    """What the templates of a piece ask for."""
    return {**vars(current), "revision": current.revision}


def _piece_page(current: Piece, form: DecisionForm | None = None, contact: str | None = None) -> str:
    form = form or DecisionForm(formdata=None, data={"version": current.submission.version})
    return render_template("desk/submission.html", form=form, contact=contact, **context(current))


def stale(
    submission_id: uuid.UUID, form: DecisionForm | EditForm, typed: Mapping[str, str | None]
) -> ResponseReturnValue:
    """Nothing was saved: show what happened meanwhile, and keep what was typed in a form for the version of now."""
    current = load(submission_id)
    changes = changes_since(current, form.version.data or 0)
    form.version.data = current.submission.version
    return render_template(
        "desk/stale.html", changes=changes, typed=typed, form=form, **context(current)
    ), 409
