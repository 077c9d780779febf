"""Into a GIF: XMP in an application extension behind the header of the file (XMP specification, part 3, 1.1.2)."""

from intake.photos.caption.words import Words
from intake.photos.caption.xmp import packet

_HEAD = 13
"""Signature and screen descriptor; the colours that all frames share follow."""
# Extensions came with this version.
_VERSION = b"GIF89a"
_APPLICATION = b"\x21\xff\x0bXMP DataXMP"
# The packet does not stand in blocks of a known length. Whoever takes its letters for lengths of blocks falls into this slide,
# which wherever he lands leads to its end.
_SLIDE = bytes((1, *range(255, -1, -1), 0))


def gif(data: bytes, words: Words) -> bytes:
    """The file with it."""
    flags = data[_HEAD - 3]
    at = _HEAD + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    return _VERSION + data[len(_VERSION) : at] + _APPLICATION + packet(words) + _SLIDE + data[at:]
