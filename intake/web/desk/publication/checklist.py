"""Checklist of a submission: tick points, and take ticks back."""

import uuid

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.checklists import ticks
from intake.db import transaction
from intake.web.access import requires
from intake.web.desk.blueprint import bp

__all__ = ["bp"]


@bp.post("/submissions/<uuid:submission_id>/checklist", endpoint="tick")
@requires("checklist.tick")
def tick_point(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Tick the point of the form field `tick`, or take back the tick of the form field `untick`."""
    added, removed = request.form.get("tick", ""), request.form.get("untick", "")
    with transaction() as session:
        if removed:
            ticks.untick(session, submission_id, current_user, removed)
        else:
            ticks.tick(session, submission_id, current_user, added)
    # Return to the same point of the list. The fragment does this without scripts, too.
    anchor = f"point-{removed or added}"
    return redirect(url_for("desk.submission", submission_id=submission_id, _anchor=anchor), 303)
