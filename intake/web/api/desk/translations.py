"""API to link translations to their source. Links do not change a version, so requests need none."""

import uuid
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.permissions.reach import reach_of
from intake.review import translations
from intake.review.translations import LinkRefused
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, InvalidBody
from intake.web.token_auth import editor

__all__ = ["bp"]

NO_SOURCE = {404: "No such submission, or it is no translation of one that you may see."}


class SourceBody(Body):
    """Source of a translation."""

    source: Annotated[uuid.UUID, Field(description="The id of the submission that was translated.")]


@bp.put("/submissions/<uuid:submission_id>/source")
@program_requires("translation.link")
@operation(
    "linkSource",
    "Mark a submission as the translation of the newest revision of another one.",
    refusals={404: "One of the two is not there, or you may not see it."},
    example={"source": "00000000-0000-4000-8000-000000000001"},
)
def link_source(submission_id: uuid.UUID, body: SourceBody) -> SubmissionAnswer:
    """Link a translation to its source. Answers 422 with a sentence if they cannot be linked."""
    try:
        with transaction() as session:
            translations.link(session, submission_id, editor(), body.source, reach_of(editor()))
    except LinkRefused as refused:
        raise InvalidBody({"source": [str(refused)]}) from None
    return current(submission_id)


@bp.delete("/submissions/<uuid:submission_id>/source")
@program_requires("translation.link")
@operation("unlinkSource", "Unlink a translation from its source.", refusals=NO_SOURCE)
def unlink_source(submission_id: uuid.UUID) -> SubmissionAnswer:
    """Unlink a translation from its source."""
    with transaction() as session:
        translations.unlink(session, submission_id, editor())
    return current(submission_id)


@bp.post("/submissions/<uuid:submission_id>/source/renewals")
@program_requires("translation.link")
@operation(
    "renewSource", "Record that a translation follows the newest revision of its source.", refusals=NO_SOURCE
)
def renew_source(submission_id: uuid.UUID) -> SubmissionAnswer:
    """Record that the translation follows the newest revision of its source."""
    with transaction() as session:
        translations.renew(session, submission_id, editor(), reach_of(editor()))
    return current(submission_id)
