"""What leaves the desk as a file: clean photos, and accepted pieces as a ZIP."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.actions.downloads import download
from intake.actions.errors import RetouchWaits
from intake.db import transaction
from intake.export import archive, file_name
from intake.lifecycle import IllegalMove
from intake.models.photo import BASE, SIZES
from intake.queries.piece import clean_photo
from intake.storage import files
from intake.web.access import roles
from intake.web.desk.blueprint import NOT_NOW, bp, load
from intake.web.errors import page
from intake.web.headers import as_file

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
    if size not in (*SIZES, BASE):
        return page(404)
    with transaction() as session:
        found = clean_photo(session, submission_id, photo_id)
        key, name = found.submission.key, found.clean_name(size)
    if request.args.get("generation", found.generation, type=int) != found.generation:
        return page(404)
    try:
        data = files().read(name, key)
    except FileNotFoundError:  # withdrawn and deleted since
        return page(404)
    short = found.submission.short_id
    return as_file(
        data, f"image/{found.format}", f"transom-{short}-{found.position:02d}-{size}.{found.format}"
    )


@bp.get("/submissions/<uuid:submission_id>/export.zip")
@roles("editor", "chief")
def export(submission_id: uuid.UUID) -> ResponseReturnValue:
    """An accepted piece as a ZIP: HTML, Markdown, photos, captions and credits."""
    try:
        with transaction() as session:
            key = download(session, submission_id, current_user)
    except IllegalMove:
        return page(
            409, NOT_NOW, "Only accepted pieces can be downloaded.", "Load the submission's page again."
        )
    except RetouchWaits:
        return page(409, *WAITS)
    accepted = load(submission_id)
    return as_file(archive(accepted, key), "application/zip", file_name(accepted))
