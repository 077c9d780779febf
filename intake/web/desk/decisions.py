"""Decisions: take, undo, and bring a decided submission back to review."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.decisions import decide, settle
from intake.decisions.canned_replies import by_reason
from intake.decisions.notice import DecisionNotice, decision_notice
from intake.lifecycle import IllegalMove
from intake.permissions.reach import reach_of
from intake.plurals import gettext_noop
from intake.queue import claims
from intake.queue.lists import following, sort_key
from intake.review.drafts import delete_draft, save_draft, saved_drafts
from intake.web.access import requires
from intake.web.current import reading
from intake.web.desk.blueprint import bp, current_list, list_url, load
from intake.web.desk.submission import submission_page
from intake.web.forms.canned_replies import replies_of
from intake.web.forms.decision import DecisionForm
from intake.web.forms.fields import VersionForm
from intake.web.language import gettext

UNDONE = gettext_noop(
    "The decision is undone. Nothing was sent. What was chosen and written is filled in again."
)


@bp.post("/submissions/<uuid:submission_id>/decisions", endpoint="decide")
@requires("submission.decide")
def take_decision(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Accept, reject, ask for changes, hold or mark as spam. Can redirect to the next submission of the list.

    The form field `anyway` is the id of an editor whose claim is ignored. With `look`, only shows the filled form.
    """
    form, filters = DecisionForm(), current_list()
    if "look" in request.form or not form.validate():
        current = load(submission_id)
        if "accept" not in current.may:
            # Somebody else has decided. The page has no decision form now, so the conflict page keeps the typed message.
            raise IllegalMove
        form.fill_in(by_reason(replies_of(current), current.submission.language))
        return submission_page(current, form), 422 if form.errors else 200
    with transaction() as session:
        claims.refuse_others(
            session, submission_id, current_user, but=request.form.get("anyway", 0, type=int)
        )
        key = sort_key(session, filters, submission_id)
        decision = decide.decide(
            session, submission_id, current_user, form.version.data or 0, form.decision_input()
        )
        delete_draft(session, submission_id, current_user, "decision")
        shown: uuid.UUID | None = submission_id
        if request.form.get("then") == "next":
            shown = following(
                session, filters, current_user.id, key, but=submission_id, reach=reach_of(current_user)
            )
    _flash_decision(decision.id)
    address = url_for("desk.submission", submission_id=shown) if shown else list_url(filters)
    return redirect(address, 303)


@bp.post("/submissions/<uuid:submission_id>/decisions/<int:decision_id>/undo")
@requires("submission.decide")
def undo(submission_id: uuid.UUID, decision_id: int) -> ResponseReturnValue:
    """Undo a decision that has not taken effect. Its verdict, reason and message are saved as a draft for the form.

    If the editor already has a draft of a decision, that draft is kept instead.
    """
    with transaction() as session:
        submission = settle.undo(session, submission_id, decision_id, current_user)
        if "decision" not in saved_drafts(session, submission_id, current_user.id):
            fields = DecisionForm.fields_of(submission.version, decide.input_of(session, decision_id))
            save_draft(session, submission_id, current_user, "decision", submission.version, fields)
    flash(gettext(UNDONE), "success")
    return redirect(url_for("desk.submission", submission_id=submission_id, draft="decision"), 303)


@bp.post("/submissions/<uuid:submission_id>/reopenings")
@requires("submission.decide")
def reopen(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Bring a decided, unpublished submission back to review."""
    form = VersionForm()
    if not form.validate():
        return submission_page(load(submission_id)), 422
    with transaction() as session:
        settle.reopen(session, submission_id, current_user, form.version.data or 0)
    flash(gettext("The submission is in review again."), "success")
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


def _flash_decision(decision_id: int) -> None:
    """Flash the id of a decision. The cookie must not contain a title, so the next page loads the title by id."""
    flash(str(decision_id), "decision")


@bp.app_template_global("decision_notice")
def _decision_notice(decision_id: str) -> DecisionNotice | None:
    with reading() as session:
        return decision_notice(session, int(decision_id), reach_of(current_user))
