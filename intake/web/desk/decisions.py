"""Deciding, taking it back, and bringing back what was decided."""

import uuid

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.actions.decide import Ruling
from intake.actions.decide import decide as take_decision
from intake.actions.errors import MessageMissing, ReasonMissing, StaleRevision
from intake.db import transaction
from intake.lifecycle import IllegalMove
from intake.web.access import roles
from intake.web.desk.blueprint import bp, load, stale
from intake.web.desk.submission import piece_page
from intake.web.forms.desk import DecisionForm


@bp.post("/submissions/<uuid:submission_id>/decisions")
@roles("editor", "chief")
def decide(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Accept, reject, ask for changes, hold, or call it spam."""
    form = DecisionForm()
    verdict = form.verdict.data or ""
    if not form.validate():
        return piece_page(load(submission_id), form), 422
    message = None if form.no_message.data else (form.message.data or "").strip() or None
    ruling = Ruling(verdict, form.code.data or None, message)
    try:
        with transaction() as session:
            take_decision(session, submission_id, current_user, form.version.data or 0, ruling)
    except ReasonMissing:
        form.code.errors = ["Please choose why."]
        return piece_page(load(submission_id), form), 422
    except MessageMissing:
        form.message.errors = ["Please write what is to be changed: the contributor reads it."]
        return piece_page(load(submission_id), form), 422
    except (StaleRevision, IllegalMove):
        typed = {"kind": "decision", "verdict": verdict, "message": form.message.data or ""}
        return stale(submission_id, form, typed)
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)
