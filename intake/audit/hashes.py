"""Hashes of the chain of events. All are SHA-256, so that anybody can verify them without a key.

A commitment covers a whole event and a random salt. A link covers the columns that a purge keeps, the commitment, and
the previous link. A purge empties the details and deletes the salt: then nobody can test guesses of the details.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

SALT_BYTES = 32
START = bytes(32)
"""Hash before the first link."""


@dataclass(frozen=True)
class EventContent:
    """Columns of an event."""

    id: int
    name: str
    submission_id: uuid.UUID | None
    photo_id: uuid.UUID | None
    editor_id: int | None
    data: dict[str, Any]
    at: datetime

    @property
    def day(self) -> str:
        """Day of the event in UTC, as 2026-11-30."""
        return self.at.astimezone(UTC).date().isoformat()

    @property
    def is_emptied(self) -> bool:
        """Return whether the event has no details and no time but the day, as a purge leaves it."""
        at = self.at.astimezone(UTC)
        return not self.data and at == at.replace(hour=0, minute=0, second=0, microsecond=0)


def commitment(salt: bytes, event: EventContent) -> bytes:
    """Return SHA-256 over the salt and the canonical form of a whole event."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(salt + _canonical(*_kept(event), _text(event.photo_id), event.data, at)).digest()


def link(previous: bytes, position: int, event: EventContent, committed: bytes) -> bytes:
    """Return SHA-256 over the previous link, the position, the columns of the event that a purge keeps, and its commitment."""
    facts = _canonical(previous.hex(), position, *_kept(event), event.day, committed.hex())
    return hashlib.sha256(facts).digest()


def _kept(event: EventContent) -> tuple[Any, ...]:
    return event.id, event.name, _text(event.submission_id), event.editor_id


def _text(number: uuid.UUID | None) -> str | None:
    return str(number) if number else None


def _canonical(*values: Any) -> bytes:
    """Return a JSON list in ASCII, without spaces, with the keys of objects sorted."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
