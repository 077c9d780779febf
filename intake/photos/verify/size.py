"""Size of a picture in pixels, read from its file. Needs a file that passed `verify`.

Sources: ITU-T T.81 B.2.2 (JPEG), PNG 3 section 11.2.1, GIF89a section 18, RFC 9649 (WebP).
"""

import re
from typing import Literal

_FRAME = re.compile(rb"[\xc0-\xc2]")
_SCAN = 0xDA


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises IndexError or ValueError if the file does not say them."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(b"\x89PNG"):
        return _number(data[16:20], "big"), _number(data[20:24], "big")
    if data.startswith(b"GIF8"):
        return _number(data[6:8]), _number(data[8:10])
    return _webp(data)


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while data[at + 1] != _SCAN:
        if _FRAME.match(data, at + 1):
            return _number(data[at + 7 : at + 9], "big"), _number(data[at + 5 : at + 7], "big")
        at += 2 + _number(data[at + 2 : at + 4], "big")
    raise ValueError("no frame")


def _webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + _number(data[24:27]), 1 + _number(data[27:30])
    if kind == b"VP8L":
        bits = _number(data[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return _number(data[26:28]) & 0x3FFF, _number(data[28:30]) & 0x3FFF
    raise ValueError("no picture")


def _number(part: bytes, order: Literal["big", "little"] = "little") -> int:
    if not part:
        raise IndexError
    return int.from_bytes(part, order)
