"""Items of a HEIF or AVIF file: types, positions and references."""

import contextlib

from intake.photos.pictures import boxes

MAX_ITEMS = 10_000
MAX_PIECES = 20_000
"""Maximum number of extents (parts) of all items together.

Without it, a few bytes could announce hundreds of millions of empty extents.
"""
_PICTURES = {b"hvc1", b"av01", b"grid", b"iovl", b"iden", b"jpeg", b"avc1", b"unci", b"j2k1"}


class Items:
    """Index of the items of a file, read from its box `meta`."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.types: dict[int, bytes] = {}
        self.places: dict[int, list[tuple[int, int]]] = {}
        self.primary = 0
        self.thumbnails: set[int] = set()
        self.auxiliary: set[int] = set()
        self.parts: set[int] = set()
        self.stereo: set[int] = set()
        self.inner = 0
        # Number of a property → pixels of the whole picture, and of its visible part
        self._sizes: dict[int, int] = {}
        self._apertures: dict[int, int] = {}
        # Numbers of the properties that mark an alpha channel
        self._alphas: set[int] = set()
        self._properties: dict[int, list[int]] = {}
        self._pieces, self._left = 0, len(data)

    @classmethod
    def of(cls, data: bytes) -> "Items":
        """Index of the items of a file. Empty if it has no box `meta`."""
        items = cls(data)
        # A malformed box ends the reading. What was found before stays.
        with contextlib.suppress(IndexError):
            for start, end in boxes.descend(data, (b"meta",), 0, len(data)):
                for name, at, stop in boxes.children(data, start + 4, end):
                    items.read(name, at, stop)
        return items

    def of_type(self, kind: bytes) -> list[int]:
        """Numbers of the items that have the type `kind`."""
        return [number for number, found in self.types.items() if found == kind]

    def content(self, number: int) -> bytes:
        """Bytes of an item from all its extents.

        All calls together return at most as many bytes as the file has, because valid extents do not overlap.
        """
        chunks = []
        for start, length in self.places.get(number, ()):
            chunks.append(self.data[start : start + min(length, self._left)])
            self._left -= len(chunks[-1])
        return b"".join(chunks)

    def others(self) -> list[int]:
        """Numbers of the ordinary pictures besides the primary one."""
        known = {self.primary} | self.thumbnails | self.parts | self.auxiliary | self.stereo
        return [number for number, kind in self.types.items() if kind in _PICTURES and number not in known]

    @property
    def companions(self) -> int:
        """Number of depth maps, gain maps, masks and second halves of 3D photos. Visible alpha channels do not count."""
        masks = [item for item in self.auxiliary if self._alphas.isdisjoint(self._properties.get(item, ()))]
        return len(masks) + len(self.stereo - {self.primary})

    def pixels(self, number: int) -> int:
        """Number of visible pixels of a picture, 0 if the file does not tell."""
        of_it = self._properties.get(number, ())
        sizes = [self._sizes[at] for at in of_it if self._sizes.get(at)]
        cut = [self._apertures[at] for at in of_it if self._apertures.get(at)]
        return min(cut or sizes, default=0)

    def read(self, name: bytes, start: int, end: int) -> None:
        """Add one box of `meta` to the index."""
        reader = {
            b"pitm": self._pitm,
            b"iinf": self._iinf,
            b"iloc": self._iloc,
            b"iref": self._iref,
            b"iprp": self._iprp,
            b"grpl": self._grpl,
        }.get(name)
        if name == b"idat":
            self.inner = start
        elif reader:
            reader(start, end)

    def _integer(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "big")

    def _pitm(self, start: int, _end: int) -> None:
        self.primary = self._integer(start + 4, 4 if self.data[start] else 2)

    def _iinf(self, start: int, end: int) -> None:
        at = start + (8 if self.data[start] else 6)
        while at + 20 <= end and len(self.types) < MAX_ITEMS:
            wide = 4 if self.data[at + 8] >= 3 else 2
            self.types[self._integer(at + 12, wide)] = self.data[at + 14 + wide : at + 18 + wide]
            at += max(self._integer(at, 4), 8)

    def _iref(self, start: int, end: int) -> None:
        wide, at = 4 if self.data[start] else 2, start + 4
        while at + 8 + wide <= end:
            kind, source = self.data[at + 4 : at + 8], self._integer(at + 8, wide)
            if kind == b"thmb":
                self.thumbnails.add(source)
            elif kind == b"auxl":
                self.auxiliary.add(source)
            elif kind == b"dimg":
                number = min(self._integer(at + 8 + wide, 2), MAX_ITEMS)
                first = at + 10 + wide
                self.parts |= {self._integer(first + index * wide, wide) for index in range(number)}
            at += max(self._integer(at, 4), 8)

    def _iloc(self, start: int, end: int) -> None:
        version = self.data[start]
        sizes, more = self.data[start + 4], self.data[start + 5]
        offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
        index_size = more & 15 if version else 0
        wide = 4 if version == 2 else 2
        number, at = min(self._integer(start + 6, wide), MAX_ITEMS), start + 6 + wide
        for _ in range(number):
            item, at = self._integer(at, wide), at + wide
            inside = version and self._integer(at, 2) & 15 == 1
            at += 4 if version else 2
            base, at = self._integer(at, base_size) + (self.inner if inside else 0), at + base_size
            chunks, at = self._integer(at, 2), at + 2
            for _ in range(chunks):
                self._pieces += 1
                if at > end or self._pieces > MAX_PIECES:
                    raise IndexError
                offset = self._integer(at + index_size, offset_size)
                length = self._integer(at + index_size + offset_size, length_size)
                self.places.setdefault(item, []).append((base + offset, length))
                at += index_size + offset_size + length_size

    def _iprp(self, start: int, end: int) -> None:
        for name, at, stop in boxes.children(self.data, start, end):
            if name == b"ipco":
                self._ipco(at, stop)
            elif name == b"ipma":
                self._ipma(at, stop)

    def _ipco(self, start: int, end: int) -> None:
        for number, (kind, at, stop) in enumerate(boxes.children(self.data, start, end), start=1):
            if kind == b"ispe":
                self._sizes[number] = self._integer(at + 4, 4) * self._integer(at + 8, 4)
            elif kind == b"clap":
                wide, over, high, under = (self._integer(at + i, 4) for i in (0, 4, 8, 12))
                self._apertures[number] = wide * high // ((over * under) or 1)
            elif kind == b"auxC" and b"alpha" in self.data[at:stop]:
                self._alphas.add(number)

    def _ipma(self, start: int, end: int) -> None:
        wide = 2 if self.data[start + 3] & 1 else 1
        long = 4 if self.data[start] else 2
        number, at = min(self._integer(start + 4, 4), MAX_ITEMS), start + 8
        for _ in range(number):
            item, several, at = self._integer(at, long), self._integer(at + long, 1), at + long + 1
            if at + several * wide > end:
                return
            mask = 0x7FFF if wide == 2 else 0x7F
            self._properties[item] = [self._integer(at + i * wide, wide) & mask for i in range(several)]
            at += several * wide

    def _grpl(self, start: int, end: int) -> None:
        for kind, at, _ in boxes.children(self.data, start, end):
            if kind == b"ster":
                number = min(self._integer(at + 8, 4), MAX_ITEMS)
                self.stereo |= {self._integer(at + 12 + i * 4, 4) for i in range(number)}
