"""Answers as values that JSON has, and addresses in them."""

import uuid
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from intake.models.photo import BASE, SIZES
from intake.web.current import config


def plain(value: Any) -> Any:
    """Dataclasses as objects, sets as sorted lists, times as RFC 3339. A field `from_` is named `from`."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.removesuffix("_"): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(one) for one in value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, (str, uuid.UUID)) else value


def shared(kind: type, value: Any) -> dict[str, Any]:
    """Fields of a dataclass that another dataclass has too, as its arguments."""
    return {field.name: getattr(value, field.name) for field in fields(kind) if hasattr(value, field.name)}


def below(endpoint: str, **parts: Any) -> str:
    """The address of a route of this API."""
    return config().base_url + url_for(f"desk_api.{endpoint}", **parts)


def whole(submission_id: uuid.UUID) -> str:
    """The address of a submission with everything."""
    return below("submission", submission_id=submission_id)


def copies(submission_id: uuid.UUID, photo_id: uuid.UUID, *, cropped: bool = False) -> dict[str, str]:
    """Addresses of the clean copies of a photo, by size. A cropped one has its whole (BASE) too."""
    sizes = (*SIZES, BASE) if cropped else SIZES
    return {size: below("photo", submission_id=submission_id, photo_id=photo_id, size=size) for size in sizes}
