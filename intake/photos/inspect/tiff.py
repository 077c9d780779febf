"""Find metadata in TIFF directories (TIFF 6.0, Exif 2.32), also in the Exif blocks of other formats."""

import struct
from collections.abc import Generator, Iterator

from intake.photos.inspect.iptc import iptc
from intake.photos.inspect.photoshop import photoshop
from intake.photos.inspect.tags import GPS_DATES, STRUCTURE, TAGS
from intake.photos.inspect.trace import Trace
from intake.photos.inspect.xmp import xmp
from intake.photos.pictures.directories import Directories

MAX_ENTRIES = 4_000
MAX_DIRECTORIES = 64
_SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)
"""Length of one value in bytes, by field type."""
_EXIF, _GPS, _INTEROP, _SUB = 0x8769, 0x8825, 0xA005, 0x014A
_FOLDED = {0x02BC: xmp, 0x83BB: iptc, 0x8649: photoshop}
"""Tag → parser for the metadata format that is embedded in the tag's value."""


def tiff(data: bytes) -> Iterator[Trace]:
    """Find the metadata of a TIFF file.

    Its further pages are pictures of their own, so they do not count as metadata. Thumbnails and masks do.
    """
    found = Directories(data)
    small, masks = sum(each.reduced for each in found), sum(each.mask for each in found)
    if small:
        yield Trace("thumbnail", "small copy", amount=small)
    if masks:
        yield Trace("second_picture", "mask", amount=masks)
    yield from _Walk(data).directories()


def exif(data: bytes) -> Iterator[Trace]:
    """Traces of an Exif block, with or without its six-byte prefix. The second directory holds the thumbnail."""
    return _Walk(data.removeprefix(b"Exif\0\0"), following="thumbnail").directories()


class _Walk:
    """One pass over the directories of a file.

    Each directory is read once, because offsets may form loops. `following` is the kind that the second directory
    and further ones count as, or empty if they are pages.
    """

    def __init__(self, data: bytes, following: str = "") -> None:
        self.data = data
        self.order = ">" if data[:2] == b"MM" else "<"
        self.following = following
        self.seen: set[int] = set()
        self.entries = 0
        # Valid values do not overlap, so together they are not longer than the file.
        self.left = len(data)

    def directories(self) -> Iterator[Trace]:
        if self.data[:2] not in {b"MM", b"II"}:
            return
        offset, first = self._integer("I", 4), True
        while offset and self._is_new(offset):
            if self.following and not first:
                yield Trace(self.following, "directory")
            end = yield from self._directory(offset, gps=False)
            offset, first = self._integer("I", end), False

    def _is_new(self, offset: int) -> bool:
        fresh = offset not in self.seen and len(self.seen) < MAX_DIRECTORIES
        self.seen.add(offset)
        return fresh

    def _directory(self, offset: int, *, gps: bool) -> Generator[Trace, None, int]:
        """Traces of one directory. Returns its end, where the offset of the next directory is stored."""
        fields = self._integer("H", offset)
        for at in range(offset + 2, offset + 2 + fields * 12, 12):
            self.entries += 1
            if self.entries > MAX_ENTRIES:
                raise ValueError("more fields than any camera writes")
            yield from self._entry(at, gps=gps)
        return offset + 2 + fields * 12

    def _entry(self, at: int, *, gps: bool) -> Iterator[Trace]:
        tag = self._integer("H", at)
        if tag in {_EXIF, _GPS, _INTEROP, _SUB}:
            yield from self._nested(self._integer("I", at + 8), tag)
            return
        value = self._value(at)
        if gps:
            yield Trace("date" if tag in GPS_DATES else "position", f"GPS {tag:#06x}", value)
        elif tag in _FOLDED:
            yield from _FOLDED[tag](value)
        elif tag not in STRUCTURE:
            kind, name = TAGS.get(tag, ("settings" if 0x829A <= tag <= 0xA500 else "other", f"{tag:#06x}"))
            yield Trace(kind, name, value)

    def _nested(self, offset: int, tag: int) -> Iterator[Trace]:
        if not self._is_new(offset):
            return
        if tag != _INTEROP:
            yield from self._directory(offset, gps=tag == _GPS)

    def _value(self, at: int) -> bytes:
        """Raw value of a field. Empty if its offset is outside the file."""
        kind, number = self._integer("H", at + 2), self._integer("I", at + 4)
        length = number * (_SIZES[kind] if kind < len(_SIZES) else 1)
        start = at + 8 if length <= 4 else self._integer("I", at + 8)
        value = self.data[start : start + min(length, self.left)]
        self.left -= len(value)
        return value

    def _integer(self, kind: str, at: int) -> int:
        try:
            (number,) = struct.unpack_from(self.order + kind, self.data, at)
        except struct.error:
            raise IndexError from None
        return int(number)
