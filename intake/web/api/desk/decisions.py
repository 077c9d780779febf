"""Deciding, taking it back, and bringing back what was decided."""

import uuid
from typing import Any

from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.decisions import settle
from intake.decisions.decide import decide as take_decision
from intake.models.columns import BIGINT_MAX
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import answer
from intake.web.api.request_body import read
from intake.web.forms.decision import DecisionForm
from intake.web.forms.fields import VersionForm
from intake.web.token_auth import editor

__all__ = ["bp"]


@bp.post("/submissions/<uuid:submission_id>/decisions")
@scopes("decide")
def decide(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Accept, reject, ask for changes, hold, or call it spam."""
    form = read(DecisionForm, adapt=_as_chosen)
    with transaction() as session:
        take_decision(session, submission_id, editor(), form.version.data or 0, form.decision_input())
    return answer(submission_id, 201)


@bp.delete(f"/submissions/<uuid:submission_id>/decisions/<int(max={BIGINT_MAX}):decision_id>")
@scopes("decide")
def undo(submission_id: uuid.UUID, decision_id: int) -> ResponseReturnValue:
    """Take a decision back before it takes effect. The address names the one that is meant, so no version is needed."""
    with transaction() as session:
        settle.undo(session, submission_id, decision_id, editor())
    return answer(submission_id)


@bp.post("/submissions/<uuid:submission_id>/reopenings")
@scopes("decide")
def reopen(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Bring back what was decided, before it is published."""
    form = read(VersionForm)
    with transaction() as session:
        settle.reopen(session, submission_id, editor(), form.version.data or 0)
    return answer(submission_id, 201)


def _as_chosen(sent: dict[str, Any]) -> dict[str, Any]:
    """As the page's list of reasons has it, which is one for all verdicts: `reject.late`."""
    return {**sent, "code": f"{sent.get('verdict')}.{sent['code']}"} if sent.get("code") else sent
