"""Files: clean photos, and accepted pieces as a ZIP."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from intake.models.photo import BASE, SIZES
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.desk_api.blueprint import bp
from intake.web.files import picture, zipped

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
