"""Submissions to send: texts of both formats with up to five photos, some of which must be refused."""

import random
import struct
from dataclasses import dataclass
from functools import cache

from tests.photos import made

MOST_PHOTOS = 5
HOSTILE = 0.25
"""Share of photos that must be refused."""


@dataclass
class Parcel:
    """One submission.

    `photos` maps positions to whether the photo is `good`. `receipt` is set by the response. `turned_away`
    is the status of a final refusal.
    """

    number: int
    key: str
    photos: tuple[bytes, ...]
    good: tuple[bool, ...]
    html: bool = False
    receipt: str | None = None
    turned_away: int | None = None

    @property
    def title(self) -> str:
        """Title that identifies the submission in the database, whatever its receipt."""
        return f"Number {self.number}"

    @property
    def mark(self) -> str:
        """Word that must survive cleaning."""
        return f"word{self.number:06}"

    @property
    def fields(self) -> dict[str, str]:
        """Fields of the form."""
        body = f"The ice broke at noon.\n\n{self.mark}"
        if self.html:
            body = f"<p>The <b>ice</b> broke.<script>alert(1)</script></p><p onclick=x()>{self.mark}</p>"
        form = "html" if self.html else "plain"
        return {"title": self.title, "body": body, "format": form, "language": "en", "consent": "yes"}


def parcel(chance: random.Random, number: int) -> Parcel:
    """Create the next submission."""
    good = tuple(chance.random() >= HOSTILE for _ in range(chance.randint(0, MOST_PHOTOS)))
    photos = tuple(chance.choice(harmless() if fine else hostile()) for fine in good)
    key = f"{chance.getrandbits(128):032x}"
    return Parcel(number, key, photos, good, html=chance.random() < 0.5)


@cache
def harmless() -> list[bytes]:
    """Photos that must be accepted."""
    return [
        made.jpeg_with_gps(160, 120, "CNRYfire"),
        made.jpeg_with_gps(97, 131, "CNRYfire", orientation=6),
        made.png_with_text("CNRYfire"),
        made.encoded(made.scene(64, 48), "PNG"),
    ]


@cache
def hostile() -> list[bytes]:
    """Photos that cannot be proven clean. The first two are refused on arrival, the others by a worker."""
    endless = struct.pack("<H", 1) + struct.pack("<HHII", 0x8769, 4, 1, 8) + b"\x08\0\0\0"
    return [
        b"%PDF-1.7\n" * 50,
        b"MZ" + bytes(500),
        b"\xff\xd8\xff" + bytes(500),
        b"GIF89a" + b"\xff" * 500,
        b"II*\0\x08\0\0\0" + endless,
        made.png_header_only(50_000, 50_000),
        made.png_header_only(64, 48),
    ]
