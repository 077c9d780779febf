"""Decisions: take, undo, and bring a decided submission back to review."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake import wording
from intake.db import transaction
from intake.decisions import decide, settle
from intake.models import Decision
from intake.permissions.reach import reach_of
from intake.queue.order import next_waiting
from intake.review.drafts import delete_draft
from intake.web.access import requires
from intake.web.desk.blueprint import bp, load
from intake.web.desk.submission import submission_page
from intake.web.forms.decision import DecisionForm
from intake.web.forms.fields import VersionForm

UNDONE = "The decision is undone. Nothing was sent."


@bp.post("/submissions/<uuid:submission_id>/decisions", endpoint="decide")
@requires("submission.decide")
def take_decision(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Accept, reject, ask for changes, hold or mark as spam. Can redirect to the next waiting submission."""
    form = DecisionForm()
    if not form.validate():
        return submission_page(load(submission_id), form), 422
    with transaction() as session:
        decision = decide.decide(
            session, submission_id, current_user, form.version.data or 0, form.decision_input()
        )
        delete_draft(session, submission_id, current_user, "decision")
    _flash_decision(decision)
    return redirect(_next_address(submission_id), 303)


@bp.post("/submissions/<uuid:submission_id>/decisions/<int:decision_id>/undo")
@requires("submission.decide")
def undo(submission_id: uuid.UUID, decision_id: int) -> ResponseReturnValue:
    """Undo a decision that has not taken effect."""
    with transaction() as session:
        settle.undo(session, submission_id, decision_id, current_user)
    flash(UNDONE, "success")
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.post("/submissions/<uuid:submission_id>/reopenings")
@requires("submission.decide")
def reopen(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Bring a decided, unpublished submission back to review."""
    form = VersionForm()
    if not form.validate():
        return submission_page(load(submission_id)), 422
    with transaction() as session:
        settle.reopen(session, submission_id, current_user, form.version.data or 0)
    flash("The submission is in review again.", "success")
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


def _flash_decision(decision: Decision) -> None:
    """Flash the result of a decision, with an undo button while the decision can be undone."""
    said = wording.DECIDED["waiting" if decision.state == "waiting" else decision.verdict]
    if decision.state == "standing":
        flash(said, "success")
        return
    until = decision.settles_at.isoformat() if decision.settles_at else ""
    where = url_for("desk.undo", submission_id=decision.submission_id, decision_id=decision.id)
    here = url_for("desk.submission", submission_id=decision.submission_id)
    flash({"said": said, "until": until, "undo": where, "here": here}, "undo")  # type: ignore[arg-type]


def _next_address(submission_id: uuid.UUID) -> str:
    """Return the URL of the next page.

    If the form field `then` is `next`: the next waiting submission, or the queue. Otherwise: this submission.
    """
    if request.form.get("then") != "next":
        return url_for("desk.submission", submission_id=submission_id)
    with transaction() as session:
        following = next_waiting(session, but=submission_id, reach=reach_of(current_user))
    return url_for("desk.submission", submission_id=following) if following else url_for("desk.queue")
