"""API to assign submissions. An assignment does not change their version, so requests need none."""

import uuid
from datetime import date
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.models.desk import PRIORITIES
from intake.queue import assignments
from intake.queue.assignments import UNREACHABLE, UnreachableAssignee
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.fields import OneOf, Whole
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, InvalidBody
from intake.web.token_auth import editor

__all__ = ["bp"]


class AssignmentBody(Body):
    """Assignment of a submission. A field that is left out is emptied."""

    assignee: Annotated[
        Annotated[Whole, Field(ge=1, le=BIGINT_MAX)] | None,
        Field(description="Id of an editor who sees the submission, see `/people`. null: nobody."),
    ] = None
    due_on: Annotated[date | None, Field(description="Due day in UTC, such as 2027-03-01.")] = None
    priority: Annotated[str, OneOf(PRIORITIES)] = "normal"


@bp.put("/submissions/<uuid:submission_id>/assignment")
@program_requires("submission.assign")
@operation(
    "assign",
    "Assign a submission to a colleague, who is told.",
    refusals={409: "It is withdrawn or deleted (`illegal_move`).", 422: "The assignee does not see it."},
    example={"assignee": None, "due_on": "2027-03-01", "priority": "high"},
)
def assign(submission_id: uuid.UUID, body: AssignmentBody) -> SubmissionAnswer:
    """Set assignee, due day and priority of a submission. An assignment never expires and blocks nobody."""
    try:
        with transaction() as session:
            assignments.assign(
                session, submission_id, editor(), body.assignee, due_on=body.due_on, priority=body.priority
            )
    except UnreachableAssignee:
        raise InvalidBody({"assignee": [UNREACHABLE]}) from None
    return current(submission_id)
