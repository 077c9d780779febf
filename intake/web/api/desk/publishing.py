"""Files: clean photos, and accepted pieces as a ZIP."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.models.photo import BASE, SIZES
from intake.publishing.publish import publish as mark_published
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import answer
from intake.web.api.request_body import read
from intake.web.file_responses import picture, zipped
from intake.web.forms.decision import PublicationForm
from intake.web.token_auth import editor

__all__ = ["bp"]


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<size>")
@scopes("read")
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """A clean copy of a photo: full, web or thumb, or base where it is cropped."""
    return picture(submission_id, photo_id, size, sizes=(*SIZES, BASE))


@bp.get("/submissions/<uuid:submission_id>/export.zip")
@scopes("read")
def export(submission_id: uuid.UUID) -> ResponseReturnValue:
    """An accepted piece; `embedded=y` writes captions and credits into the photos too."""
    return zipped(submission_id, editor(), embedded=request.args.get("embedded") == "y")


@bp.post("/submissions/<uuid:submission_id>/publications")
@scopes("decide")
def publish(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Mark an accepted piece as published, with the address where it appeared, if it has one."""
    form = read(PublicationForm)
    with transaction() as session:
        mark_published(session, submission_id, editor(), form.version.data or 0, form.url.data or "")
    return answer(submission_id, 201)
