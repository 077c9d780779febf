"""Who has a submission in hand. A claim changes nothing of it, and so needs no version."""

import uuid

from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.queue import claims
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import answer
from intake.web.api.request_body import read
from intake.web.forms.api_bodies import ClaimForm
from intake.web.token_auth import editor

__all__ = ["bp"]


@bp.put("/submissions/<uuid:submission_id>/claim")
@scopes("write")
def claim(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Claim it, keep one's claim, or take it over."""
    form = read(ClaimForm)
    with transaction() as session:
        claims.claim(session, submission_id, editor(), takeover=bool(form.takeover.data))
    return answer(submission_id)


@bp.delete("/submissions/<uuid:submission_id>/claim")
@scopes("write")
def release(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Let go of one's own claim, if there is one."""
    with transaction() as session:
        claims.release(session, submission_id, editor())
    return answer(submission_id)
