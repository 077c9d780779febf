"""The magazine's logo: cleaned like a photo in the sandbox, stored in the database, served to everybody."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake import photos
from intake.models import Logo

MOST_BYTES = 900_000
"""Maximum size of an uploaded file. The whole request, with its other fields, may have 1 MiB."""
LONGEST_SIDE = 640
"""Maximum pixels of the longer side of the stored picture. Pages show at most 320, high-density screens need twice that."""


@dataclass(frozen=True)
class LogoFile:
    """A cleaned picture."""

    content: bytes
    media_type: str


def clean(data: bytes) -> LogoFile:
    """Clean a picture in the sandbox. Raises PhotoRefused, and OSError if no child can be started."""
    found = photos.clean_photo(data, max_side=LONGEST_SIDE)
    return LogoFile(found.full, f"image/{found.format}")


def store(session: Session, picture: LogoFile) -> str:
    """Store a cleaned picture, unless it is there. Returns its digest."""
    digest = sha256(picture.content).hexdigest()
    row = {"digest": digest, "format": picture.media_type.removeprefix("image/"), "content": picture.content}
    session.execute(insert(Logo).values(row).on_conflict_do_nothing())
    return digest


def read(session: Session, digest: str) -> LogoFile | None:
    """Return the picture with this digest, or None."""
    found = session.get(Logo, digest)
    return LogoFile(found.content, f"image/{found.format}") if found else None
