"""Find metadata in the boxes of HEIF and AVIF (ISO/IEC 14496-12 and 23008-12)."""

from collections.abc import Iterator

from intake.photos.inspect.tiff import exif
from intake.photos.inspect.trace import Trace
from intake.photos.inspect.xmp import xmp
from intake.photos.pictures.boxes import children, descend
from intake.photos.pictures.items import Items

_KNOWN = {b"ftyp", b"meta", b"mdat", b"free", b"skip", b"wide", b"idat"}
_FILMS = {b"moov", b"mpvd"}


def boxes(data: bytes) -> Iterator[Trace]:
    """Traces of the top-level boxes and of the items in `meta`."""
    for name, start, end in children(data, 0, len(data)):
        if name == b"meta":
            yield from _meta(data, start + 4, end)
        elif name in _FILMS and not _is_sequence(data, start, end):
            yield Trace("video", name.decode())
        elif name not in _KNOWN | _FILMS:
            yield Trace("private_data", name.decode("latin-1"), data[start:end])


def _is_sequence(data: bytes, start: int, end: int) -> bool:
    """Return whether the box `moov` holds the pictures of an image sequence, and no video."""
    handlers = {data[at + 8 : at + 12] for at, _ in descend(data, (b"trak", b"mdia", b"hdlr"), start, end)}
    return bool(handlers) and handlers <= {b"pict", b"auxv"}


def _meta(data: bytes, at: int, end: int) -> Iterator[Trace]:
    items = Items.of(data)
    yield from _profiles(data, at, end)
    for number in items.of_type(b"Exif"):
        block = items.content(number)
        # The first four bytes give the offset of the TIFF header.
        yield from exif(block[4 + int.from_bytes(block[:4], "big") :])
    for number in items.of_type(b"mime"):
        yield from xmp(items.content(number))
    if items.thumbnails:
        yield Trace("thumbnail", "thmb", amount=len(items.thumbnails))
    if items.companions:
        yield Trace("second_picture", "auxiliary item", amount=items.companions)


def _profiles(data: bytes, at: int, end: int) -> Iterator[Trace]:
    for body, last in descend(data, (b"iprp", b"ipco", b"colr"), at, end):
        if data[body : body + 4] in {b"prof", b"rICC"}:
            yield Trace("colour_profile", "ICC profile", data[body + 4 : last])
