"""Photoshop image resources (8BIM), by Adobe's file format specification."""

from collections.abc import Iterator

from intake.photos.inspect.iptc import iptc
from intake.photos.inspect.trace import Trace
from intake.photos.inspect.xmp import xmp

_IPTC, _ICC, _XMP = 0x0404, 0x040F, 0x0424
_THUMBNAILS = {0x0409, 0x040C}


def photoshop(data: bytes) -> Iterator[Trace]:
    """Traces of metadata, resource by resource. Unknown resources count as `editing`."""
    at = data.find(b"8BIM")
    while at >= 0 and data[at : at + 4] == b"8BIM":
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        # A Pascal string, padded so that its length byte and text together have an even length.
        body = at + 6 + (data[at + 6] // 2 + 1) * 2
        length = int.from_bytes(data[body : body + 4], "big")
        yield from _resource(number, data[body + 4 : body + 4 + length])
        at = body + 4 + length + length % 2


def _resource(number: int, body: bytes) -> Iterator[Trace]:
    if number == _IPTC:
        yield from iptc(body)
    elif number == _XMP:
        yield from xmp(body)
    elif number in _THUMBNAILS:
        yield Trace("thumbnail", "Photoshop thumbnail")
    else:
        yield Trace("colour_profile" if number == _ICC else "editing", f"Photoshop {number:#06x}", body)
