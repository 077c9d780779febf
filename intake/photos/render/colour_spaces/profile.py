"""ICC profiles for named colour spaces, so that the colour engine can convert from them."""

import struct
from functools import cache

from intake.photos.render.colour_spaces import SRGB_CURVE, ColourSpace, matrices

_HEAD = 128
_VERSION = 0x04300000
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Parameters of a curve of type 3 (ICC.1:2022, 10.18) for IEC 61966-2-1."""


@cache
def matrix_profile(space: ColourSpace) -> bytes:
    """ICC profile of a colour space (ICC.1:2022, 8.3.3).

    Raises ValueError for PQ, HLG and implausible primaries.
    """
    if space.is_hdr:
        raise ValueError("a profile cannot express this curve")
    to_xyz = matrices.rgb_to_xyz(space.primaries, space.white)
    colorants = zip(*matrices.to_d50(to_xyz, space.white), strict=True)
    tags = {b"wtpt": _numbers(b"XYZ ", (0.9642, 1.0, 0.8249))}
    for letter, colorant in zip(b"rgb", colorants, strict=True):
        tags[bytes([letter]) + b"XYZ"] = _numbers(b"XYZ ", colorant)
        tags[bytes([letter]) + b"TRC"] = _curve(space.curve)
    return _file(tags)


def _curve(curve: str | float) -> bytes:
    if curve == SRGB_CURVE:
        return b"para\0\0\0\0\0\x03\0\0" + _fixed(_SRGB_CURVE)
    return b"para\0\0\0\0\0\0\0\0" + _fixed((float(curve),))


def _numbers(kind: bytes, values: tuple[float, ...]) -> bytes:
    return kind + bytes(4) + _fixed(values)


def _fixed(values: tuple[float, ...]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _file(tags: dict[bytes, bytes]) -> bytes:
    """Header, table and values of a display profile. All values are multiples of four bytes long."""
    table, body = struct.pack(">I", len(tags)), b""
    start = _HEAD + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(body), len(value))
        body += value
    head = struct.pack(">I4xI4s4s4s12x4s28x", start + len(body), _VERSION, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    head += _fixed((0.9642, 1.0, 0.8249))
    return head.ljust(_HEAD, b"\0") + table + body
