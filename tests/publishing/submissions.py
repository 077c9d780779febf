"""Accepted submissions without a database."""

import uuid
from datetime import UTC, datetime
from typing import Any

from intake.publishing.accepted import Accepted, Image

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


def accepted(**facts: Any) -> Accepted:
    """Submission without photos, in Kazakh. Keywords are fields of Accepted."""
    known: dict[str, Any] = {
        "id": uuid.UUID(int=1), "short_id": "1a2b3c4d", "status": "accepted", "revision": 2, "title": "Ice",
        "html": "<p>It broke.</p>", "words": 2, "language": "kk", "section": "News", "region": None, "tags": [],
        "print_name": None, "consent_version": "1", "since": NOW, "changed_at": NOW, "published_at": None,
        "published_url": None, "images": [], "alternates": [],
    }  # fmt: skip
    return Accepted(**known | facts)


def image(position: int = 1, **facts: Any) -> Image:
    """Photo without caption and credit. Keywords are fields of Image."""
    known: dict[str, Any] = {
        "id": uuid.UUID(int=position), "position": position, "caption": None, "credit": None, "alt": None, "width": 4,
        "height": 3, "format": "jpeg", "stored": {"full": "", "web": "", "thumb": ""},
    }  # fmt: skip
    return Image(**known | facts)
