"""Find metadata in WebP chunks, and in bytes after the end of the picture."""

from collections.abc import Iterator

from intake.photos.inspect.tiff import exif
from intake.photos.inspect.trace import Trace, trailing
from intake.photos.inspect.xmp import xmp

_STRUCTURE = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_BLOCKS = {b"ICCP": "colour_profile", b"C2PA": "provenance"}


def webp(data: bytes) -> Iterator[Trace]:
    """Traces of metadata, chunk by chunk."""
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name not in _STRUCTURE:
            yield from _chunk(name, data[at + 8 : min(at + 8 + length, end)])
        at += 8 + length + length % 2
    yield from trailing(data[end:])


def _chunk(name: bytes, body: bytes) -> Iterator[Trace]:
    if name == b"EXIF":
        yield from exif(body)
    elif name == b"XMP ":
        yield from xmp(body)
    else:
        yield Trace(_BLOCKS.get(name, "private_data"), name.decode("ascii", "replace"), body)
