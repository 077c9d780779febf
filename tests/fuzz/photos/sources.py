"""The files that are spoilt: the corpus where there is one, else photos that the tests draw."""

import io

import pillow_heif
from PIL import Image

from tests.corpus.photos import files
from tests.photos import made

LARGEST = 200_000
"""Bytes: small files are spoilt and cleaned by the hundred while a large one is read."""


def sources() -> list[bytes]:
    """Files to start from, always in the same order."""
    found = [path for kind in ("canary", "real", "hostile") for path in files(kind)]
    return [path.read_bytes() for path in found if 0 < path.stat().st_size <= LARGEST] or drawn()


def drawn() -> list[bytes]:
    """One photo or more of each format."""
    small = made.scene(64, 48)
    stills = [made.encoded(small, name) for name in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")]
    moving = [made.animated(name, "mark", 3) for name in ("GIF", "WEBP", "PNG")]
    carrying = [made.jpeg_with_gps(64, 48, "mark"), made.png_with_text("mark"), made.multi_picture("mark")]
    return [*stills, *moving, *carrying, made.motion_photo("mark"), made.grey16(), heif(small)]


def heif(picture: Image.Image, **how: bytes) -> bytes:
    """The bytes of a HEIC."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out, **how)
    return out.getvalue()
