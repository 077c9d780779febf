"""Files to corrupt: those of the corpus if it is installed, otherwise photos that the tests draw."""

import io

import pillow_heif
from PIL import Image

from tests.corpus.photos import files
from tests.photos import made, several

LARGEST = 200_000
"""Maximum bytes of a source. In the time for one large file, hundreds of small ones can be tried."""


def sources() -> list[bytes]:
    """Files to start from, always in the same order."""
    found = [path for kind in ("canary", "real", "hostile", "cases") for path in files(kind)]
    corpus = [path.read_bytes() for path in found if 0 < path.stat().st_size <= LARGEST]
    return (corpus or drawn()) + with_several_pictures()


def with_several_pictures() -> list[bytes]:
    """Files with two or more pictures, of each kind."""
    small, smaller = (64, 48), (40, 30)
    return [
        several.tiff(small, smaller, small),
        several.dng((100, 80), small, smaller),
        several.dng((100, 80), small, order=">"),
        several.multi_picture(small, smaller),
        several.motion_photo(small, [smaller], bytes(200)),
        several.with_gain_map(small, smaller),
        several.heic(small, smaller),
    ]


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
