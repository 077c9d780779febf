"""Addresses in answers: whole, so that a program need not put any together."""

import uuid
from typing import Any

from flask import url_for

from intake.models.photo import BASE, SIZES
from intake.web.current import config


def below(endpoint: str, **parts: Any) -> str:
    """The address of a route of this API."""
    return config().base_url + url_for(f"desk_api.{endpoint}", **parts)


def whole(submission_id: uuid.UUID) -> str:
    """Of a submission with everything."""
    return below("submission", submission_id=submission_id)


def copies(submission_id: uuid.UUID, photo_id: uuid.UUID, *, cropped: bool = False) -> dict[str, str]:
    """Of the clean copies of a photo, by size; where it is cropped, also of its whole (BASE)."""
    sizes = (*SIZES, BASE) if cropped else SIZES
    return {size: below("photo", submission_id=submission_id, photo_id=photo_id, size=size) for size in sizes}
