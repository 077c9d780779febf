"""What leaves the desk as a file: clean photos, and accepted pieces as a ZIP."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.lifecycle import IllegalMove
from intake.web.access import roles
from intake.web.desk.blueprint import NOT_NOW, bp
from intake.web.errors import page
from intake.web.files import picture, zipped

__all__ = ["bp"]


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<size>")
@roles("editor", "chief")
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """A clean copy of a photo: full, web or thumb."""
    return picture(submission_id, photo_id, size)


@bp.get("/submissions/<uuid:submission_id>/export.zip")
@roles("editor", "chief")
def export(submission_id: uuid.UUID) -> ResponseReturnValue:
    """An accepted piece as a ZIP; `embedded=y` writes captions and credits into the photos too."""
    try:
        return zipped(submission_id, current_user, embedded=request.args.get("embedded") == "y")
    except IllegalMove:
        return page(
            409, NOT_NOW, "Only accepted pieces can be downloaded.", "Load the submission's page again."
        )
