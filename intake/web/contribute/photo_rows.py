"""Rows for photos in a form, and the limits that the form shows."""

from dataclasses import dataclass

from flask import request

from intake.documents.limits import MAX_BYTES
from intake.photos.refusal import why_and_what_to_do
from intake.plurals import gettext_noop
from intake.web.contribute import submission_intake
from intake.web.contribute.request import intake_request
from intake.web.current import config
from intake.web.language import gettext, translator

MB = 1024 * 1024
AGAIN = gettext_noop("Please choose this photo again.")


@dataclass(frozen=True)
class PhotoRow:
    """Row of a form: file input, caption and credit of one photo. `note` is its error message."""

    index: int
    caption: str = ""
    credit: str = ""
    note: str = ""


def rows() -> list[PhotoRow]:
    """Return the rows with this request's captions and credits.

    Chosen files are lost, so their rows ask for them again.
    """
    upload, fields = intake_request().upload, request.form
    chosen = {stream.row for stream in upload.streams} if upload else set()
    long = submission_intake.too_long(fields)
    return [
        PhotoRow(
            i, fields.get(f"caption-{i}", ""), fields.get(f"credit-{i}", ""),
            " ".join([gettext(AGAIN)] * (i in chosen) + long.get(f"caption-{i}", []) + long.get(f"credit-{i}", [])),
        )
        for i in range(1, config().max_photos + 1)
    ]  # fmt: skip


def refusal(number: int, reason: str | None) -> str:
    """Return a sentence that says why the photo with this number was refused, and what to do."""
    sentence = why_and_what_to_do(reason, translator())
    return gettext("Photo %(number)s: %(sentence)s", number=number, sentence=sentence)


def limits() -> dict[str, int]:
    """Return the limits in the units of the pages: MB for files and requests, KB for text."""
    settings = config()
    return {
        "max_photos": settings.max_photos,
        "max_photo_mb": settings.max_photo_bytes // MB,
        "max_request_mb": settings.max_request_bytes // MB,
        "max_text_kb": settings.max_text_bytes // 1024,
        "max_document_mb": MAX_BYTES // MB,
    }
