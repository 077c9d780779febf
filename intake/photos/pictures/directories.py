"""Directories of a TIFF file (TIFF 6.0, supplement 1), which raw formats of most cameras use, too."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_DIRECTORIES = 64
"""Directories that are read, nested ones too. Further pages are only counted."""

MAX_COUNTED = 65_535
_MAX_ENTRIES = 1_000
_MAX_VALUES = 64
_LETTERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I"}
"""Field type → format letter of `struct`. Fields of other types have no values here."""

SUBFILE, OLD_SUBFILE, WIDTH, HEIGHT = 0x00FE, 0x00FF, 0x0100, 0x0101
COMPRESSION, PHOTOMETRIC, ORIENTATION, STRIPS = 0x0103, 0x0106, 0x0112, 0x0111
SUB_DIRECTORIES, TILES, EXIF = 0x014A, 0x0144, 0x8769
_REDUCED, _MASK = 1, 4
_OLD_REDUCED = 2


@dataclass
class Directory:
    """One directory: usually one picture. `values` has the integers of each field, at most 64."""

    offset: int
    values: dict[int, tuple[int, ...]] = field(default_factory=dict)
    sub: list["Directory"] = field(default_factory=list)
    next_offset: int = 0

    def number(self, tag: int, default: int = 0) -> int:
        """First value of a field."""
        return self.values.get(tag, (default,))[0]

    @property
    def width(self) -> int:
        """Width in pixels, or 0."""
        return self.number(WIDTH)

    @property
    def height(self) -> int:
        """Height in pixels, or 0."""
        return self.number(HEIGHT)

    @property
    def pixels(self) -> int:
        """Number of pixels."""
        return self.width * self.height

    @property
    def reduced(self) -> bool:
        """True if the file says that this is a small copy of another picture."""
        return bool(self.number(SUBFILE) & _REDUCED) or self.number(OLD_SUBFILE) == _OLD_REDUCED

    @property
    def mask(self) -> bool:
        """True if this is a transparency mask of another picture."""
        return bool(self.number(SUBFILE) & _MASK) or self.number(PHOTOMETRIC) == _MASK


class Directories:
    """Directories of one file: the chain of pages, and the nested ones of each."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = ">" if data[:2] == b"MM" else "<"
        self.seen: set[int] = set()
        self.pages = list(self._chain(self._integer("I", 4)))

    def __iter__(self) -> Iterator[Directory]:
        """All directories that were read, nested ones after their parent."""
        for page in self.pages:
            yield page
            yield from page.sub

    def count(self) -> int:
        """Number of directories in the chain, also of those that were not read. At most MAX_COUNTED."""
        if not self.pages:
            return 0
        number, offset, met = len(self.pages), self.pages[-1].next_offset, set(self.seen)
        while offset and offset not in met and number < MAX_COUNTED:
            met.add(offset)
            number += 1
            offset = self._next(offset)
        return number

    def starting_at(self, directory: Directory) -> bytes:
        """Return the same file with another first directory, because decoders open the first one."""
        return self.data[:4] + struct.pack(f"{self.order}I", directory.offset) + self.data[8:]

    def _chain(self, offset: int) -> Iterator[Directory]:
        while self._fresh(offset):
            page = self.directory(offset)
            page.sub = [self.directory(at) for at in page.values.get(SUB_DIRECTORIES, ()) if self._fresh(at)]
            yield page
            offset = page.next_offset

    def _fresh(self, offset: int) -> bool:
        return (
            0 < offset <= len(self.data) - 2 and offset not in self.seen and len(self.seen) < MAX_DIRECTORIES
        )

    def directory(self, offset: int) -> Directory:
        """Read the directory at an offset, for example that of Exif. It is empty if none can be there."""
        self.seen.add(offset)
        fields = min(self._integer("H", offset), _MAX_ENTRIES)
        found = Directory(offset, next_offset=self._next(offset))
        for at in range(offset + 2, offset + 2 + fields * 12, 12):
            values = self._values(at)
            if values:
                found.values.setdefault(self._integer("H", at), values)
        return found

    def _next(self, offset: int) -> int:
        return self._integer("I", offset + 2 + self._integer("H", offset) * 12)

    def _values(self, at: int) -> tuple[int, ...]:
        letter = _LETTERS.get(self._integer("H", at + 2))
        if letter is None:
            return ()
        number = self._integer("I", at + 4)
        size = struct.calcsize(letter)
        start = at + 8 if number * size <= 4 else self._integer("I", at + 8)
        try:
            return struct.unpack_from(f"{self.order}{min(number, _MAX_VALUES)}{letter}", self.data, start)
        except struct.error:
            return ()

    def _integer(self, letter: str, at: int) -> int:
        """Integer at an offset, or 0 if the file ends before."""
        try:
            (number,) = struct.unpack_from(self.order + letter, self.data, at)
        except struct.error:
            return 0
        return int(number)
