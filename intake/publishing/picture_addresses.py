"""URLs of photos in the feeds. They need no token, because feed readers load pictures without one.

A URL is signed and expires. It contains the generation of the photo, so a redaction invalidates all older URLs.
"""

import hmac
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from intake.crypto import keyring
from intake.publishing.accepted import Image

DAYS = 14
"""Minimum days that a URL is valid. Feed readers poll rarely, some once a week, and keep old entries."""
DAY_SECONDS = 86_400
_PURPOSE = "feed pictures"


@dataclass(frozen=True)
class PictureAddress:
    """Parts of a photo's URL, as requested. `expires` is in seconds since 1970."""

    submission: uuid.UUID
    photo: uuid.UUID
    generation: int
    size: str
    expires: int

    @property
    def signature(self) -> str:
        """HMAC-SHA256 of all parts in Base64 for URLs: 43 characters."""
        parts = f"{self.submission}/{self.photo}/{self.generation}/{self.size}/{self.expires}"
        digest = hmac.digest(keyring().subkey(_PURPOSE), parts.encode(), "sha256")
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    def is_signed_by(self, signature: str) -> bool:
        """Return whether the signature is right. Compares in constant time."""
        return hmac.compare_digest(self.signature.encode(), signature.encode())

    def seconds_left(self) -> int:
        """Seconds until the URL expires. Zero or less if it has expired."""
        return self.expires - _now()

    def path(self, ending: str) -> str:
        """Path of the URL. `ending` is a file extension, by which some programs recognize pictures."""
        return (
            f"/feeds/pictures/{self.submission}/{self.photo}/{self.generation}/{self.size}/{self.expires}"
            f"/{self.signature}.{ending}"
        )


def picture_path(submission: uuid.UUID, image: Image, size: str) -> str:
    """Return the URL path of a photo. The path changes daily only, so that a feed does not change at each request."""
    address = PictureAddress(submission, image.id, image.generation, size, _expiry())
    return address.path(image.ending)


def _expiry() -> int:
    """End of the day in UTC that is DAYS days after the present day, in seconds since 1970."""
    return (_now() // DAY_SECONDS + 1 + DAYS) * DAY_SECONDS


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
