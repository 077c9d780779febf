"""Deciding, taking it back, and bringing back what was decided."""

import uuid

from flask.typing import ResponseReturnValue

from intake.actions.decide import Ruling
from intake.actions.decide import decide as take_decision
from intake.actions.settle import reopen as bring_back
from intake.actions.settle import undo as take_back
from intake.db import transaction
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.body import read
from intake.web.desk_api.submission import answer
from intake.web.forms.desk import DecisionForm
from intake.web.forms.desk_api import VersionForm

__all__ = ["bp"]

BIGINT = 2**63 - 1


@bp.post("/submissions/<uuid:submission_id>/decisions")
@scopes("decide")
def decide(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Accept, reject, ask for changes, hold, or call it spam; without `message` the contributor reads nothing."""
    form = read(DecisionForm)
    message = None if form.no_message.data else (form.message.data or "").strip() or None
    ruling = Ruling(form.verdict.data or "", form.code.data or None, message)
    with transaction() as session:
        take_decision(session, submission_id, editor(), form.version.data or 0, ruling)
    return answer(submission_id, 201)


@bp.delete(f"/submissions/<uuid:submission_id>/decisions/<int(max={BIGINT}):decision_id>")
@scopes("decide")
def undo(submission_id: uuid.UUID, decision_id: int) -> ResponseReturnValue:
    """Take a decision back before it takes effect. The address names the one that is meant, so no version is needed."""
    with transaction() as session:
        take_back(session, submission_id, decision_id, editor())
    return answer(submission_id)


@bp.post("/submissions/<uuid:submission_id>/reopenings")
@scopes("decide")
def reopen(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Bring back what was decided, before it is published."""
    form = read(VersionForm)
    with transaction() as session:
        bring_back(session, submission_id, editor(), form.version.data or 0)
    return answer(submission_id, 201)
