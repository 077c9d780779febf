"""Find metadata in GIF extensions, and in bytes after the end of the picture."""

from collections.abc import Iterator

from intake.photos.inspect.trace import Trace, trailing
from intake.photos.inspect.xmp import xmp

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def gif(data: bytes) -> Iterator[Trace]:
    """Traces of metadata, block by block. Raises IndexError if the file breaks off."""
    at = 13 + _colours(data[10])
    while data[at] != _END:
        start = at
        if data[at] == _EXTENSION:
            at = _skip(data, at + 2)
            yield from _extension(data[start + 1], data[start + 2 : at])
        elif data[at] == _IMAGE:
            at = _skip(data, at + 11 + _colours(data[at + 9]))
        else:
            raise ValueError("no block where one has to be")
    yield from trailing(data[at + 1 :])


def _extension(label: int, body: bytes) -> Iterator[Trace]:
    if label == _COMMENT:
        yield Trace("comment", "GIF comment", body[1:-1])
    elif label == _APPLICATION and body[1:12] == b"XMP DataXMP":
        yield from xmp(body[12:])
    elif label == _APPLICATION and body[1:12] == b"ICCRGBG1012":
        yield Trace("colour_profile", "ICC profile", body[12:])
    elif label != _CONTROL and body[1:12] not in _LOOPS:
        yield Trace("private_data", f"extension {label:#04x}", body)


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1
