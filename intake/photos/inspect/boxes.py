"""Find metadata in the boxes of HEIF and AVIF (ISO/IEC 14496-12 and 23008-12)."""

from collections.abc import Iterator

from intake.photos.inspect.items import Items
from intake.photos.inspect.tiff import exif
from intake.photos.inspect.trace import Trace
from intake.photos.inspect.xmp import xmp

_KNOWN = {b"ftyp", b"meta", b"mdat", b"free", b"skip", b"wide", b"idat"}
_FILMS = {b"moov", b"mpvd"}
_SEQUENCES = {b"avis", b"msf1", b"hevc"}


def boxes(data: bytes) -> Iterator[Trace]:
    """Traces of the top-level boxes and of the items in `meta`."""
    # In an image sequence, the boxes of a film hold the picture itself, not a hidden video.
    is_sequence = data[8:12] in _SEQUENCES
    for name, start, end in children(data, 0, len(data)):
        if name == b"meta":
            yield from _meta(data, start + 4, end)
        elif name in _FILMS and not is_sequence:
            yield Trace("video", name.decode())
        elif name not in _KNOWN | _FILMS:
            yield Trace("private_data", name.decode("latin-1"), data[start:end])


def children(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start of body and end of each box between the offsets `at` and `end`."""
    while at + 8 <= end:
        length, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        stop = end if length == 0 else min(at + length, end)
        if stop < at + head:
            return
        yield name, at + head, stop
        at = stop


def _meta(data: bytes, at: int, end: int) -> Iterator[Trace]:
    items = Items(data)
    for name, start, stop in children(data, at, end):
        if name == b"iprp":
            yield from _properties(data, start, stop, items)
        else:
            items.read(name, start, stop)
    for number in items.of_type(b"Exif"):
        block = items.content(number)
        # The first four bytes give the offset of the TIFF header.
        yield from exif(block[4 + int.from_bytes(block[:4], "big") :])
    for number in items.of_type(b"mime"):
        yield from xmp(items.content(number))
    yield from items.pictures()


def _properties(data: bytes, at: int, end: int, items: Items) -> Iterator[Trace]:
    for name, start, stop in children(data, at, end):
        if name != b"ipco":
            continue
        for kind, body, last in children(data, start, stop):
            if kind == b"colr" and data[body : body + 4] in {b"prof", b"rICC"}:
                yield Trace("colour_profile", "ICC profile", data[body + 4 : last])
            elif kind == b"auxC" and b"alpha" in data[body:last]:
                items.alphas += 1
