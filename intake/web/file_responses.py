"""Downloads of clean photos and accepted submissions, for the desk's pages, the API and the feeds."""

import uuid

from flask import Response

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor
from intake.models.photo import SIZES
from intake.permissions.reach import reach_of
from intake.publishing.accepted import accepted_submission
from intake.publishing.publish import download
from intake.publishing.zip import archive, file_name
from intake.review.submission_detail import clean_photo
from intake.storage import files
from intake.web.headers import as_file


def picture(
    submission_id: uuid.UUID,
    photo_id: uuid.UUID,
    size: str,
    *,
    sizes: tuple[str, ...] = SIZES,
    generation: int | None = None,
) -> Response:
    """Return a clean copy of a photo.

    Raises NotFound for a size not in `sizes`, and after the photo is deleted.
    Each redaction or crop increases the photo's generation. With `generation`, raises NotFound if it is not
    current.
    """
    with transaction() as session:
        found = clean_photo(session, submission_id, photo_id)
        key, name = found.submission.key, found.clean_name(size)
    if size not in sizes or generation not in {None, found.generation}:
        raise NotFound
    try:
        data = files().read(name, key)
    except FileNotFoundError as error:  # deleted since the query, after a withdrawal
        raise NotFound from error
    name = f"transom-{found.submission.short_id}-{found.position:02d}-{size}.{found.format}"
    return as_file(data, f"image/{found.format}", name)


def zipped(submission_id: uuid.UUID, editor: Editor, *, embedded: bool) -> Response:
    """Return the ZIP of an accepted submission. The download and its editor are recorded.

    With `embedded`, captions and credits are written into the photos too.
    Raises NotFound, RetouchPending, or IllegalMove if the submission is not accepted.
    """
    with transaction() as session:
        key = download(session, submission_id, editor)
        export = accepted_submission(session, submission_id, reach_of(editor))
    return as_file(archive(export, key, embedded=embedded), "application/zip", file_name(export))
