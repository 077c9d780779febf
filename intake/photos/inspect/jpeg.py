"""Find metadata in JPEG segments, also between scans, and in bytes after the end of the picture."""

import re
from collections.abc import Iterator

from intake.photos.inspect.photoshop import photoshop
from intake.photos.inspect.tiff import exif
from intake.photos.inspect.trace import Trace, trailing
from intake.photos.inspect.xmp import xmp
from intake.photos.pictures import jpeg as stream
from intake.photos.pictures import trailer

_EOI, _SOS, _COM, _APP0, _APP14 = 0xD9, 0xDA, 0xFE, 0xE0, 0xEE
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_XMP, _MORE_XMP = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_MORE_XMP_HEAD = 40
"""Bytes of digest, total length and offset before each part of extended XMP."""


def jpeg(data: bytes) -> Iterator[Trace]:
    """Traces of metadata, segment by segment. Raises IndexError if the file breaks off."""
    at = 2
    while (marker := _marker(data, at)) != _EOI:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:
            raise ValueError("a segment shorter than its own length")
        yield from _segment(marker, data[at + 4 : at + 2 + length])
        at += 2 + length
        if marker == _SOS:
            at = _end_of_scan(data, at)
    yield from _behind(data, at + 2)


def _behind(data: bytes, end: int) -> Iterator[Trace]:
    """Traces of companion pictures and of other data behind the picture. Pictures of a burst are no metadata."""
    first = stream.read(data)
    if first is None or end == len(data):
        return
    behind = trailer.read(data, first)
    if behind.companions:
        yield Trace("second_picture", "companion picture", amount=len(behind.companions))
    yield from trailing(behind.rest(data, end))


def _marker(data: bytes, at: int) -> int:
    if data[at] != 0xFF:
        raise ValueError("no marker where one has to be")
    return data[at + 1]


def _end_of_scan(data: bytes, at: int) -> int:
    found = _MARKER_IN_SCAN.search(data, at)
    if found is None:
        raise IndexError
    return found.start()


def _segment(marker: int, body: bytes) -> Iterator[Trace]:
    if marker == _COM:
        yield Trace("comment", "JPEG comment", body)
    elif marker == _APP0:
        yield from _jfif(body)
    elif body.startswith(b"Exif\0\0"):
        yield from exif(body)
    elif body.startswith(_XMP):
        yield from xmp(body[len(_XMP) :])
    elif body.startswith(_MORE_XMP):
        yield from xmp(body[len(_MORE_XMP) + _MORE_XMP_HEAD :])
    elif body.startswith(b"Photoshop 3.0\0"):
        yield from photoshop(body)
    elif 0xE0 < marker <= 0xEF and not (marker == _APP14 and body.startswith(b"Adobe")):
        yield from _application(marker, body)


def _jfif(body: bytes) -> Iterator[Trace]:
    if body.startswith(b"JFXX") or (body.startswith(b"JFIF") and any(body[12:14])):
        yield Trace("thumbnail", "JFIF thumbnail")
    elif not body.startswith(b"JFIF"):
        yield Trace("private_data", "APP0", body)


def _application(marker: int, body: bytes) -> Iterator[Trace]:
    if body.startswith(b"ICC_PROFILE\0"):
        # Long profiles are split. Only the first part is counted.
        if body[12:13] == b"\x01":
            yield Trace("colour_profile", "ICC profile", body[14:])
    elif body.startswith(b"MPF\0"):
        # An index of the pictures behind this one, which `_behind` finds by themselves.
        return
    elif body.startswith(b"JP"):
        # JUMBF data is split into parts, too. Only the first is counted. The part number follows the box
        # instance number.
        if body[4:8] == b"\0\0\0\x01":
            yield Trace("provenance", "C2PA or other JUMBF")
    else:
        yield Trace("private_data", f"APP{marker & 15}", body)
