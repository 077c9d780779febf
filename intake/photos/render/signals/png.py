"""Colour space by the chunks of a PNG (W3C PNG, third edition, 11.3.2)."""

import struct
from collections.abc import Iterator

from intake.photos.render import colour_spaces
from intake.photos.render.colour_spaces import SRGB, ColourSpace, profile

_MAX_CHUNKS = 1_000
_LIKE_SRGB = (0.44, 0.47)
"""Range of gAMA values that count as sRGB. Programs write 0.45455 for sRGB."""
_PLAUSIBLE = (0.3, 1.0)
_UNIT = 100_000


def read(data: bytes) -> ColourSpace | None:
    """Colour space by cICP or sRGB."""
    chunks = dict(_chunks(data))
    if len(chunks.get(b"cICP", b"")) == 4:
        primaries, transfer, _, _ = chunks[b"cICP"]
        return colour_spaces.from_codes(primaries, transfer)
    return SRGB if b"sRGB" in chunks else None


def read_gamma(data: bytes) -> ColourSpace | None:
    """Colour space by gAMA and cHRM. Both are ignored if one is implausible.

    cHRM alone is ignored, because nothing is known about the curve.
    """
    chunks = dict(_chunks(data))
    try:
        (whole,) = struct.unpack(">I", chunks[b"gAMA"])
        space = _with_primaries(chunks.get(b"cHRM"), _curve(whole / _UNIT))
        profile.matrix_profile(space)
    except (KeyError, struct.error, ValueError):
        return None
    return space


def _curve(gamma: float) -> str | float:
    if _LIKE_SRGB[0] <= gamma <= _LIKE_SRGB[1]:
        return colour_spaces.SRGB_CURVE
    if not _PLAUSIBLE[0] <= gamma <= _PLAUSIBLE[1]:
        raise ValueError("an implausible curve")
    return 1 / gamma


def _with_primaries(chunk: bytes | None, curve: str | float) -> ColourSpace:
    if chunk is None:
        return ColourSpace(curve=curve)
    wx, wy, *rest = (value / _UNIT for value in struct.unpack(">8I", chunk))
    red, green, blue = zip(rest[::2], rest[1::2], strict=True)
    return ColourSpace((red, green, blue), (wx, wy), curve)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of the chunks before the pixels."""
    at = 8
    for _ in range(_MAX_CHUNKS):
        name = data[at + 4 : at + 8]
        if len(name) < 4 or name == b"IDAT":
            return
        length = int.from_bytes(data[at : at + 4], "big")
        if name in {b"cICP", b"sRGB", b"gAMA", b"cHRM"}:
            yield name, data[at + 8 : at + 8 + length]
        at += 12 + length
