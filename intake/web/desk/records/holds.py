"""Page of a submission's retention: which rule keeps it until when, and its legal holds."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.retention import explained, holds
from intake.retention.explained import Retention
from intake.retention.holds import HoldRefused
from intake.web.access import requires
from intake.web.current import config, reading
from intake.web.desk.blueprint import bp, context, load
from intake.web.forms.assignments import HoldForm
from intake.web.language import gettext

HOLDS = "/submissions/<uuid:submission_id>/holds"
HOLD = f"{HOLDS}/<int(max={BIGINT_MAX}):hold_id>"


@bp.get(HOLDS, endpoint="holds")
@requires("submission.read")
def show_holds(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page with the retention rule of a submission, and its legal holds."""
    return _page(submission_id, HoldForm(formdata=None))


@bp.post(HOLDS)
@requires("hold.ask")
def ask_for_hold(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a legal hold. It takes effect when a second person confirms it. All who may confirm are notified."""
    form = HoldForm()
    if not form.validate():
        return _page(submission_id, form), 422
    assert form.until.data is not None  # noqa: S101 - the form is valid
    try:
        with transaction() as session:
            holds.ask(session, submission_id, current_user, form.reason.data or "", form.until.data)
            chiefs, admins = holds.confirmers(session, current_user.id)
    except HoldRefused as error:
        form.until.errors = [gettext(str(error))]
        return _page(submission_id, form), 422
    if chiefs or admins:
        flash(
            gettext(
                "The legal hold is asked for. The other chief editors and the admins are notified. It counts once one of them has confirmed it."
            ),
            "success",
        )
    else:
        flash(
            gettext(
                "The legal hold is asked for. Nobody else can confirm it yet: invite another chief editor or admin."
            ),
            "warn",
        )
    return redirect(url_for("desk.holds", submission_id=submission_id), 303)


@bp.post(f"{HOLD}/confirmations")
@requires("hold.confirm")
def confirm_hold(submission_id: uuid.UUID, hold_id: int) -> ResponseReturnValue:
    """Confirm a legal hold that somebody else asked for."""
    try:
        with transaction() as session:
            holds.belongs(session, hold_id, submission_id)
            holds.confirm(session, hold_id, current_user)
        flash(gettext("The legal hold is in force now."), "success")
    except HoldRefused as error:
        flash(gettext(str(error)), "warn")
    return redirect(url_for("desk.holds", submission_id=submission_id), 303)


@bp.post(f"{HOLD}/releases")
@requires("hold.ask")
def release_hold(submission_id: uuid.UUID, hold_id: int) -> ResponseReturnValue:
    """Release a legal hold, or call off the request for one."""
    with transaction() as session:
        holds.belongs(session, hold_id, submission_id)
        holds.release(session, hold_id, current_user)
    flash(gettext("The legal hold has ended. The rules of age count again."), "success")
    return redirect(url_for("desk.holds", submission_id=submission_id), 303)


@bp.app_template_global("retention_of")
def retention_of(submission_id: uuid.UUID) -> Retention:
    """Return which rule keeps a submission, and until when, for the submission's page."""
    with reading() as session:
        return explained.explain(session, submission_id, config())


def _page(submission_id: uuid.UUID, form: HoldForm) -> str:
    current = load(submission_id)
    with reading() as session:
        found = holds.open_holds(session, submission_id)
    is_asked = any(one.confirmed_by is None for one in found)
    return render_template("desk/holds.html", form=form, holds=found, is_asked=is_asked, **context(current))
