"""API to change what was published: its address, corrections, a retraction, or taking it back."""

import uuid
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from intake.db import transaction
from intake.publishing import amend
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import CONFLICT, DONE, bp
from intake.web.api.desk.decisions import VersionBody
from intake.web.api.desk.publishing import AddressBody
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.fields import TextRule
from intake.web.api.operation import operation
from intake.web.forms.fields import NOTE_CHARACTERS, lines
from intake.web.forms.publication import NO_CORRECTION, NO_REASON, NOT_YET, is_in_the_future
from intake.web.token_auth import editor

__all__ = ["bp"]


def _past(day: date) -> date:
    """Return the day. Raises ValueError if it is in the future."""
    if is_in_the_future(day):
        raise ValueError(NOT_YET)
    return day


class CorrectionBody(VersionBody):
    """Correction of a publication."""

    correction: Annotated[str, TextRule(NOTE_CHARACTERS, lines, needed=NO_CORRECTION)]
    dated: Annotated[date, AfterValidator(_past), Field(description="Day of the correction.")]


class RetractionBody(VersionBody):
    """Retraction of a publication."""

    reason: Annotated[
        Annotated[str, TextRule(NOTE_CHARACTERS, lines, needed=NO_REASON)],
        Field(description="The desk alone sees it."),
    ]


@bp.put("/submissions/<uuid:submission_id>/publication")
@program_requires("submission.publish")
@operation(
    "mendPublication",
    "Change the address of a publication.",
    refusals=CONFLICT,
    example={"version": 5, "url": "https://magazine.example/river-2"},
)
def mend(submission_id: uuid.UUID, body: AddressBody) -> SubmissionAnswer:
    """Change the address of a publication. An empty address removes the stored one."""
    with transaction() as session:
        amend.mend(session, submission_id, editor(), body.version, body.url or "")
    return current(submission_id)


@bp.post("/submissions/<uuid:submission_id>/corrections")
@program_requires("submission.publish")
@operation(
    "correctPublication",
    "Record that a publication was corrected.",
    answers=DONE,
    refusals=CONFLICT,
    example={"version": 5, "correction": "The name of the river.", "dated": "2026-11-30"},
)
def correct(submission_id: uuid.UUID, body: CorrectionBody) -> SubmissionAnswer:
    """Record what was corrected in a publication, and on which day."""
    with transaction() as session:
        amend.correct(session, submission_id, editor(), body.version, body.correction, body.dated)
    return current(submission_id)


@bp.post("/submissions/<uuid:submission_id>/retractions")
@program_requires("submission.publish")
@operation(
    "retractPublication",
    "Retract a publication. The contributor is told at once.",
    answers=DONE,
    refusals=CONFLICT,
    example={"version": 5, "reason": "The witness was not there."},
)
def retract(submission_id: uuid.UUID, body: RetractionBody) -> SubmissionAnswer:
    """Retract a publication, and tell the contributor."""
    with transaction() as session:
        amend.retract(session, submission_id, editor(), body.version, body.reason)
    return current(submission_id)


@bp.post("/submissions/<uuid:submission_id>/publication-removals")
@program_requires("submission.publish")
@operation(
    "unpublish",
    "Take a publication back to accepted. The contributor is told at once.",
    answers=DONE,
    refusals=CONFLICT,
    example={"version": 5},
)
def unpublish(submission_id: uuid.UUID, body: VersionBody) -> SubmissionAnswer:
    """Return a published submission to accepted, and tell the contributor. Its address is deleted."""
    with transaction() as session:
        amend.unpublish(session, submission_id, editor(), body.version)
    return current(submission_id)
