"""API to download clean photos and accepted submissions, and to mark submissions as published."""

import uuid
from typing import Annotated

from flask import Response, request
from pydantic import AfterValidator, Field

from intake.db import transaction
from intake.models.photo import COPIES
from intake.publishing import publish
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import CONFLICT, DONE, WAITS, bp
from intake.web.api.desk.decisions import Despite, VersionBody
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.fields import BYTES, TextRule
from intake.web.api.operation import operation
from intake.web.file_responses import picture, zipped
from intake.web.forms.publication import NO_ADDRESS, URL_CHARACTERS, is_of_the_web
from intake.web.token_auth import editor

__all__ = ["bp"]


EMBEDDED = {
    "name": "embedded",
    "in": "query",
    "required": False,
    "description": "y: captions and credits are written into the photos too (IPTC and XMP). Default: not.",
    "schema": {"enum": ["y"]},
}


def _address(typed: str) -> str:
    """Return the URL. Raises ValueError unless it is empty or an HTTP(S) URL."""
    if typed and not is_of_the_web(typed):
        raise ValueError(NO_ADDRESS)
    return typed


class AddressBody(VersionBody):
    """Request with the address of a publication. A publication in print has none."""

    url: Annotated[
        Annotated[str, TextRule(URL_CHARACTERS, str.strip), AfterValidator(_address)] | None,
        Field(description="Address of the published text."),
    ] = None


class PublicationBody(AddressBody):
    """Request to mark a submission as published."""

    despite: Despite = ""


# Only known sizes match. Other last segments, such as `crop`, are routes of their own without GET.
@bp.get(f"/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<any({', '.join(COPIES)}):size>")
@program_requires("submission.read")
@operation(
    "readPhoto",
    "A clean copy.",
    answers={200: "The bytes."},
    refusals={404: "No clean photo of this submission."},
    media={"image/*": BYTES},
)
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> Response:
    """Return a clean copy of a photo.

    `size` is full, web, thumb, or base, the uncropped copy of a cropped photo.
    """
    return picture(submission_id, photo_id, size, sizes=COPIES)


@bp.get("/submissions/<uuid:submission_id>/export.zip")
@program_requires("submission.export")
@operation(
    "export",
    "An accepted submission as a ZIP. The history records who downloaded it.",
    answers={
        200: "The photos, and the text as `index.html`, `wordpress.txt`, `submission.md` and `submission.json`."
    },
    refusals={
        404: "No such submission.",
        409: f"It is not accepted (`illegal_move`), or it has to wait ({WAITS}).",
    },
    parameters=[EMBEDDED],
    media={"application/zip": BYTES},
)
def export(submission_id: uuid.UUID) -> Response:
    """Return an accepted submission as a ZIP.

    `embedded=y` writes captions and credits into the photos too.
    """
    return zipped(submission_id, editor(), embedded=request.args.get("embedded") == "y")


@bp.post("/submissions/<uuid:submission_id>/publications", endpoint="publish")
@program_requires("submission.publish")
@operation(
    "publish",
    "Mark a submission as published.",
    answers=DONE,
    refusals=CONFLICT,
    example={"version": 4, "url": "https://magazine.example/river"},
)
def mark_published(submission_id: uuid.UUID, body: PublicationBody) -> SubmissionAnswer:
    """Mark an accepted submission as published, with the URL of the published text if there is one."""
    with transaction() as session:
        publish.publish(session, submission_id, editor(), body.version, body.url or "", despite=body.despite)
    return current(submission_id)
