"""Pictures behind the first picture of a JPEG file: of a burst, of a 3D photo, depth and brightness maps.

Sources: multi-picture format (CIPA DC-007), Ultra HDR 1.1 and ISO 21496-1 for gain maps, Apple's auxiliary pictures.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from intake.photos.pictures.jpeg import JpegStream, Search

_ENTRIES = 0xB002
_ENTRY = 16
_MAX_ENTRIES = 1_000
_COMPANION_TYPES = {0x010001, 0x010002, 0x020002}
"""MPF type codes of companions: large thumbnails (VGA, full HD), and the other view of a 3D photo (disparity)."""

_COMPANION = re.compile(
    rb"hdrgm:|hdrgainmap|urn:com:apple:photo|urn:iso:std:iso:ts:21496|GDepth|[Ss]emantic=\"(?:GainMap|Depth|Confidence)"
)
"""Words in the header of a gain map, a depth map or a mask."""

_VIDEO = b"ftyp"


@dataclass
class Trailer:
    """Pictures and other data behind the first picture of a JPEG file."""

    others: list[JpegStream] = field(default_factory=list)
    """Ordinary pictures, for example those of a burst or of an appended file."""
    companions: list[JpegStream] = field(default_factory=list)
    """Pictures that belong to the first one."""

    def rest(self, data: bytes, start: int) -> bytes:
        """Bytes from `start` to the end of the file that belong to no picture."""
        parts = []
        for stream in sorted([*self.others, *self.companions], key=lambda each: each.start):
            parts.append(data[start : stream.start])
            start = stream.end
        return b"".join([*parts, data[start:]])


def read(data: bytes, first: JpegStream) -> Trailer:
    """Find the pictures behind the first one.

    Small pictures behind the start of a video belong to the video.
    """
    trailer = Trailer()
    types = _types(data, first)
    video = data.find(_VIDEO, first.end)
    # Some programs write wrong offsets into the index. Its types still hold if they are all the same.
    kinds = set(types.values())
    all_types = kinds.pop() if len(kinds) == 1 else None
    named = _has_companion_words(data, first)
    for stream in Search(data, first.end):
        if not stream.decodable or (0 <= video < stream.start and stream.pixels <= first.pixels):
            continue
        belongs = (
            types.get(stream.start, all_types) in _COMPANION_TYPES
            or _has_companion_words(data, stream)
            or (named and stream.pixels <= first.pixels)
        )
        (trailer.companions if belongs else trailer.others).append(stream)
    return trailer


def _types(data: bytes, first: JpegStream) -> dict[int, int]:
    """Offset → type code of each picture that the multi-picture format lists."""
    for start, end in first.applications:
        if data[start : start + 4] == b"MPF\0":
            return _index(data, start + 4, end)
    return {}


def _index(data: bytes, base: int, end: int) -> dict[int, int]:
    """Entries of the MPF index, whose offsets count from `base`."""
    order: Literal["little", "big"] = "little" if data[base : base + 2] == b"II" else "big"
    field_at = data.find(_ENTRIES.to_bytes(2, order), base, end)
    if field_at < 0:
        return {}
    length = int.from_bytes(data[field_at + 4 : field_at + 8], order)
    at = base + int.from_bytes(data[field_at + 8 : field_at + 12], order)
    types = {}
    for entry in range(at, min(at + length, at + _MAX_ENTRIES * _ENTRY, end), _ENTRY):
        code, _, offset = (int.from_bytes(data[entry + i : entry + i + 4], order) for i in (0, 4, 8))
        types[base + offset if offset else 0] = code & 0xFFFFFF
    return types


def _has_companion_words(data: bytes, stream: JpegStream) -> bool:
    return any(_COMPANION.search(data, start, end) for start, end in stream.applications)
