"""API to claim and release submissions. A claim does not change their version, so requests need none."""

import uuid
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.queue import claims
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.operation import operation
from intake.web.api.request_body import Body
from intake.web.token_auth import editor

__all__ = ["bp"]


class ClaimBody(Body):
    """Request to claim a submission."""

    takeover: Annotated[bool, Field(description="Take over the claim of somebody else, who is told.")] = False


@bp.put("/submissions/<uuid:submission_id>/claim")
@program_requires("submission.claim")
@operation(
    "claim",
    "Claim a submission for half an hour.",
    refusals={409: "Somebody else has claimed it (`claimed`), or it is gone."},
    example={"takeover": False},
)
def claim(submission_id: uuid.UUID, body: ClaimBody) -> SubmissionAnswer:
    """Claim a submission, or renew the editor's own claim. With `takeover`, take over a colleague's claim."""
    with transaction() as session:
        claims.claim(session, submission_id, editor(), takeover=body.takeover)
    return current(submission_id)


@bp.delete("/submissions/<uuid:submission_id>/claim")
@program_requires("submission.claim")
@operation("release", "Release one's claim.")
def release(submission_id: uuid.UUID) -> SubmissionAnswer:
    """Release the editor's own claim. Does nothing without a claim."""
    with transaction() as session:
        claims.release(session, submission_id, editor())
    return current(submission_id)
