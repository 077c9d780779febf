"""Claims of submissions, and presence: which editors have the page of a submission open."""

import uuid

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.models.desk import DOING
from intake.queue import claims, presence
from intake.queue.presence import present_editors
from intake.web.access import requires
from intake.web.desk.blueprint import bp


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


@bp.post("/submissions/<uuid:submission_id>/presence")
@requires("submission.claim")
def here(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Record that the editor has the page of a submission open.

    Returns the other editors with this page open and the submission's current version, as JSON.
    """
    doing = request.form.get("doing", "")
    with transaction() as session:
        if doing in DOING:
            presence.report_presence(
                session, submission_id, current_user, doing=doing, busy=request.form.get("busy") == "y"
            )
        else:
            presence.leave(session, submission_id, current_user)
        found = present_editors(session, submission_id, but=current_user.id)
    return jsonify(found)
