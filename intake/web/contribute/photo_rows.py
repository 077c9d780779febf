"""The rows of a form in which photos are chosen, and what may be sent in them."""

from dataclasses import dataclass

from flask import request

from intake.web.contribute import submission_intake
from intake.web.contribute.request import intake_request
from intake.web.current import config

MB = 1024 * 1024
AGAIN = "Please choose this photo again."


@dataclass(frozen=True)
class PhotoRow:
    """One row of the form's photos."""

    index: int
    caption: str = ""
    credit: str = ""
    note: str = ""


def rows() -> list[PhotoRow]:
    """As this request filled them. Files cannot be kept by a page, so their rows say so."""
    upload, fields = intake_request().upload, request.form
    chosen = {stream.row for stream in upload.streams} if upload else set()
    long = submission_intake.too_long(fields)
    return [
        PhotoRow(
            i, fields.get(f"caption-{i}", ""), fields.get(f"credit-{i}", ""),
            " ".join([AGAIN] * (i in chosen) + long.get(f"caption-{i}", []) + long.get(f"credit-{i}", [])),
        )
        for i in range(1, config().max_photos + 1)
    ]  # fmt: skip


def limits() -> dict[str, int]:
    """Of this newsroom, in the units that pages speak of."""
    settings = config()
    return {
        "max_photos": settings.max_photos,
        "max_photo_mb": settings.max_photo_bytes // MB,
        "max_request_mb": settings.max_request_bytes // MB,
        "max_text_kb": settings.max_text_bytes // 1024,
    }
