"""Conversion of responses to JSON values, and the URLs in them."""

import uuid
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from flask import url_for

from intake.models.photo import BASE, SIZES
from intake.web.current import config


def plain(value: Any) -> Any:
    """Convert a value for JSON: dataclasses to objects, sets to sorted lists, times to RFC 3339, days to ISO 8601.

    A field `from_` becomes `from`, because `from` is a keyword in Python.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.removesuffix("_"): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(one) for one in value)
    if isinstance(value, date):  # also a datetime
        return value.isoformat()
    return str(value) if isinstance(value, (str, uuid.UUID)) else value


def shared(kind: type, value: Any) -> dict[str, Any]:
    """Return the attributes of `value` that are fields of `kind`, as keyword arguments for this dataclass."""
    return {field.name: getattr(value, field.name) for field in fields(kind) if hasattr(value, field.name)}


def below(endpoint: str, **parts: Any) -> str:
    """Return the absolute URL of an endpoint of the desk's API."""
    return config().desk_base_url + url_for(f"desk_api.{endpoint}", **parts)


def whole(submission_id: uuid.UUID) -> str:
    """Return the absolute URL of a submission in the desk's API."""
    return below("submission", submission_id=submission_id)


def copies(submission_id: uuid.UUID, photo_id: uuid.UUID, *, cropped: bool = False) -> dict[str, str]:
    """Return size → URL of the clean copies of a photo.

    A cropped photo also has its uncropped copy (BASE).
    """
    sizes = (*SIZES, BASE) if cropped else SIZES
    return {size: below("photo", submission_id=submission_id, photo_id=photo_id, size=size) for size in sizes}
