"""Colour space by the `colr` box (nclx) of a HEIF or AVIF file (ISO/IEC 14496-12, 12.1.5)."""

from collections.abc import Iterator
from itertools import islice

from intake.photos.pictures.boxes import children
from intake.photos.render import colour_spaces
from intake.photos.render.colour_spaces import ColourSpace

_MAX_BOXES = 10_000
_UNSPECIFIED = 2


def read(data: bytes) -> ColourSpace | None:
    """Colour space of the primary picture. None if it is unspecified or the boxes are malformed."""
    try:
        for name, start, end in islice(children(data, 0, len(data)), _MAX_BOXES):
            if name == b"meta":
                return _of_primary(data, start + 4, end)
    except IndexError:
        pass
    return None


def _of_primary(data: bytes, at: int, end: int) -> ColourSpace | None:
    primary, properties = -1, None
    for name, start, stop in islice(children(data, at, end), _MAX_BOXES):
        if name == b"pitm":
            primary = _integer(data, start + 4, 4 if data[start] else 2)
        elif name == b"iprp":
            properties = start, stop
    if properties is None:
        return None
    boxes = list(islice(children(data, *properties), _MAX_BOXES))
    found = [
        box
        for name, start, stop in boxes
        if name == b"ipco"
        for box in islice(children(data, start, stop), _MAX_BOXES)
    ]
    for name, start, stop in boxes:
        for number in _properties_of(primary, data, start, stop) if name == b"ipma" else ():
            space = _space(data, *found[number - 1]) if 0 < number <= len(found) else None
            if space:
                return space
    return None


def _properties_of(item: int, data: bytes, at: int, end: int) -> Iterator[int]:
    """Numbers of the properties of an item, counted from 1 (ISO/IEC 23008-12, 9.3.2)."""
    wide = 4 if data[at] else 2
    size = 2 if data[at + 3] & 1 else 1
    entries, at = min(_integer(data, at + 4, 4), _MAX_BOXES), at + 8
    for _ in range(entries):
        if at >= end:
            return
        first, count = at + wide + 1, data[at + wide]
        if _integer(data, at, wide) == item:
            for place in range(first, first + count * size, size):
                # The highest bit says whether the property is essential.
                yield _integer(data, place, size) & (0x7FFF if size == 2 else 0x7F)
        at = first + count * size


def _space(data: bytes, name: bytes, start: int, end: int) -> ColourSpace | None:
    if name != b"colr" or data[start : start + 4] != b"nclx" or end - start < 8:
        return None
    primaries, transfer = _integer(data, start + 4, 2), _integer(data, start + 6, 2)
    if primaries == transfer == _UNSPECIFIED:
        return None
    return colour_spaces.from_codes(primaries, transfer)


def _integer(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")
