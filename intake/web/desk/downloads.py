"""What leaves the desk as a file: clean photos, and accepted pieces as a ZIP."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.errors import RetouchWaits
from intake.lifecycle import IllegalMove
from intake.models.photo import BASE, SIZES
from intake.web.access import roles
from intake.web.desk.blueprint import NOT_NOW, bp
from intake.web.errors import page
from intake.web.files import picture, zipped

__all__ = ["bp"]

WAITS = (
    "Not yet",
    "A photo of this piece is being changed as an editor asked, and still shows what is to go.",
    "Wait a minute, then download it again. Or open the photo and undo the change.",
)


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<size>")
@roles("editor", "chief")
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """A clean copy of a photo: full, web or thumb, or base where it is cropped. What was superseded is not there."""
    generation = request.args.get("generation", type=int)
    return picture(submission_id, photo_id, size, sizes=(*SIZES, BASE), generation=generation)


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
    except RetouchWaits:
        return page(409, *WAITS)
