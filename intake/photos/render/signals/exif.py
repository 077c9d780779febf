"""Colour space by Exif: cameras that photograph in Adobe RGB write no profile, but say so in Exif."""

import struct

from intake.photos.render.colour_spaces import ADOBE_RGB, SRGB, ColourSpace

_EXIF, _INTEROP, _COLOUR_SPACE, _INDEX = 0x8769, 0xA005, 0xA001, 0x0001
_SRGB, _ADOBE_RGB = 1, 2
_MAX_ENTRIES = 1_000


def read(block: bytes) -> ColourSpace | None:
    """Colour space by the tags ColorSpace and InteroperabilityIndex.

    ColorSpace 1 is sRGB (Exif 2.32, 4.6.5 B). Index R03 is Adobe RGB (DCF 2.0, 5.2.2), and so is ColorSpace 2,
    which several cameras write. "Uncalibrated" (65535) alone means nothing.
    """
    if block[:2] not in {b"II", b"MM"}:
        return None
    tags = _Directories(block)
    try:
        inner = tags.entry(tags.number("I", 4), _EXIF)
        if inner is None:
            return None
        exif = tags.number("I", inner + 8)
        space = tags.entry(exif, _COLOUR_SPACE)
        named = tags.number("H", space + 8) if space is not None else 0
        if named == _SRGB:
            return SRGB
        return ADOBE_RGB if named == _ADOBE_RGB or tags.index(exif) == b"R03" else None
    except struct.error:
        return None


class _Directories:
    """Lookup of single entries in the directories of a block. Raises struct.error beyond the end of the block."""

    def __init__(self, block: bytes) -> None:
        self.block = block
        self.order = ">" if block[:2] == b"MM" else "<"

    def number(self, kind: str, at: int) -> int:
        (number,) = struct.unpack_from(self.order + kind, self.block, at)
        return int(number)

    def entry(self, directory: int, tag: int) -> int | None:
        """Position of the entry with this tag, or None."""
        count = min(self.number("H", directory), _MAX_ENTRIES)
        places = range(directory + 2, directory + 2 + 12 * count, 12)
        return next((at for at in places if self.number("H", at) == tag), None)

    def index(self, exif: int) -> bytes:
        """InteroperabilityIndex, which is three letters and a zero, inside its entry. Empty if there is none."""
        place = self.entry(exif, _INTEROP)
        if place is None:
            return b""
        found = self.entry(self.number("I", place + 8), _INDEX)
        return b"" if found is None else self.block[found + 8 : found + 11]
