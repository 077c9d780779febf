"""Keyset pages: a page costs the same wherever it lies, and does not shift while the queue moves."""

import base64
import binascii
import uuid
from datetime import datetime


def cursor(at: datetime, ident: uuid.UUID) -> str:
    """Where a page ended, as an opaque word for an address."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{ident}".encode()).decode().rstrip("=")


def parse(word: str) -> tuple[datetime, uuid.UUID] | None:
    """What `cursor` was given; None for anything else."""
    try:
        at, _, ident = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode().partition("|")
        place = datetime.fromisoformat(at), uuid.UUID(ident)
    except (ValueError, binascii.Error):
        return None
    return place if place[0].tzinfo else None
