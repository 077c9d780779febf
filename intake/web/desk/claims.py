"""Claims and assignments of submissions, and presence: which editors have the page of a submission open."""

import uuid
from typing import cast

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.models.desk import DOING
from intake.queue import assignments, claims, presence
from intake.queue.assignments import UNREACHABLE, UnreachableAssignee
from intake.queue.presence import present_editors
from intake.review.submission_detail import SubmissionDetail, SubmissionHeader
from intake.web.access import requires
from intake.web.desk.blueprint import bp, context, load
from intake.web.desk.editing import together
from intake.web.forms.assignments import AssignmentForm
from intake.web.language import gettext

KEEPS = ("start", "on", "stop")


@bp.post("/submissions/<uuid:submission_id>/claims")
@requires("submission.claim")
def claim(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Claim a submission. With `takeover`, take over a colleague's claim and notify them."""
    with transaction() as session:
        claims.claim(session, submission_id, current_user, takeover=bool(request.form.get("takeover")))
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.post("/submissions/<uuid:submission_id>/claims/release")
@requires("submission.claim")
def release(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Release the editor's own claim. Does nothing without a claim."""
    with transaction() as session:
        claims.release(session, submission_id, current_user)
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.post("/submissions/<uuid:submission_id>/assignment")
@requires("submission.assign")
def assign(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Set assignee, due date and priority of a submission. A colleague who becomes the assignee is notified."""
    current = load(submission_id)
    form = AssignmentForm().offer(current.colleagues)
    if not form.validate():
        return _assignment_page(current, form), 422
    try:
        with transaction() as session:
            changed = assignments.assign(
                session,
                submission_id,
                current_user,
                form.assignee_id,
                due_on=form.due.data,
                priority=form.priority.data,
            )
    except UnreachableAssignee:
        form.assignee.errors = [gettext(UNREACHABLE)]
        return _assignment_page(current, form), 422
    flash(gettext("The assignment is saved.") if changed else gettext("Nothing has changed."), "success")
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


def _assignment_page(current: SubmissionDetail, form: AssignmentForm) -> str:
    return render_template("desk/assignment.html", assignment_form=form, **context(current))


@bp.app_template_global("assignment_form_of")
def _form_of(current: SubmissionHeader, colleagues: dict[int, str]) -> AssignmentForm:
    """Return the form with the present assignment, for the page of a submission."""
    given = {"assignee": str(current.assignee_id or ""), "due": current.due_on, "priority": current.priority}
    return AssignmentForm(formdata=None, data=given).offer(colleagues)


@bp.post("/submissions/<uuid:submission_id>/presence")
@requires("submission.claim")
def here(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Record that the editor has the page of a submission open.

    Returns JSON: the other editors with this page open, and the submission's current version. Edit pages send the
    number of their revision as `base`, and also get the fields of `together.news`.
    """
    doing, page, base = request.form.get("doing", ""), _number("page") or 0, _number("base")
    with transaction() as session:
        if doing in DOING:
            keep = cast("presence.Keep", found if (found := request.form.get("keep")) in KEEPS else "")
            report = presence.Report(doing, request.form.get("busy") == "y", page, keep)
            presence.report_presence(session, submission_id, current_user, report)
        else:
            presence.leave(session, submission_id, current_user, page)
        seen = present_editors(session, submission_id, but=current_user.id)
    if base and doing in DOING:
        seen |= together.news(submission_id, seen["people"], base, _number("shown") or base)
    return jsonify(seen)


def _number(name: str) -> int | None:
    """Return a number of the form, or None if it is missing, malformed or too large for a database column."""
    number = request.form.get(name, type=int)
    return number if number is not None and 0 <= number < 2**31 else None
