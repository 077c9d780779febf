"""API to tick points of a submission's checklist. Ticks do not change its version, so requests need none."""

import uuid

from intake.checklists import ticks
from intake.db import transaction
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.operation import operation
from intake.web.token_auth import editor

__all__ = ["bp"]

REFUSALS = {
    409: "It is not on the desk, or its checklist has no such point that a person ticks (`illegal_move`).",
}


@bp.put("/submissions/<uuid:submission_id>/checklist/<code>")
@program_requires("checklist.tick")
@operation("tickPoint", "Tick a point of the checklist, as somebody who knows.", refusals=REFUSALS)
def tick(submission_id: uuid.UUID, code: str) -> SubmissionAnswer:
    """Tick a point. Does nothing if the point is already ticked."""
    with transaction() as session:
        ticks.tick(session, submission_id, editor(), code)
    return current(submission_id)


@bp.delete("/submissions/<uuid:submission_id>/checklist/<code>")
@program_requires("checklist.tick")
@operation("untickPoint", "Take back a tick of the checklist.", refusals=REFUSALS)
def untick(submission_id: uuid.UUID, code: str) -> SubmissionAnswer:
    """Take back a tick. Does nothing if the point is not ticked."""
    with transaction() as session:
        ticks.untick(session, submission_id, editor(), code)
    return current(submission_id)
