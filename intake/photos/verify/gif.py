"""Verify the blocks of a GIF (CompuServe's GIF89a, and Netscape's looping extension)."""

from collections.abc import Iterator

from intake.photos.verify import words
from intake.photos.verify.violation import Violation, trailer

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOP = b"\x0bNETSCAPE2.0\x03\x01"


def gif(data: bytes) -> Iterator[Violation]:
    """Violation for each block that the picture does not need. Raises IndexError if the file is cut short."""
    at = 13 + _colours(data[10])
    while data[at] != _END:
        start = at
        if data[at] == _IMAGE:
            # Skip the descriptor, the local colour table, and the byte with the code size, then the coded pixels.
            at = _skip(data, at + 11 + _colours(data[at + 9]))
        elif data[at] == _EXTENSION:
            at = _skip(data, at + 2)
            if not _is_needed(data[start:at]):
                contents = words.extension(data[start + 1], data[start + 2 : at])
                yield Violation(f"extension {data[start + 1]:#04x}", start, contents)
        else:
            raise ValueError("no block where one has to be")
    if at + 1 != len(data):
        yield trailer(data, at + 1)


def _is_needed(block: bytes) -> bool:
    """Return whether an extension is a frame's timing or the loop count, with exactly the required length."""
    if block[1] == _CONTROL:
        return len(block) == 8
    return block[1] == _APPLICATION and len(block) == 19 and block[2:].startswith(_LOOP)


def _colours(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip(data: bytes, at: int) -> int:
    """Offset behind a chain of sub-blocks and its terminator."""
    while data[at]:
        at += 1 + data[at]
    return at + 1
