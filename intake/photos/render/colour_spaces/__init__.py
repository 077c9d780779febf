"""Colour spaces that a file can name without an ICC profile."""

from dataclasses import dataclass

from intake.photos.render.colour_spaces.matrices import Point

SRGB_CURVE, PQ, HLG = "sRGB", "PQ", "HLG"

_D65 = (0.3127, 0.3290)
_BT709 = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))


@dataclass(frozen=True)
class ColourSpace:
    """Primaries, white and transfer function of an RGB colour space."""

    primaries: tuple[Point, Point, Point] = _BT709
    white: Point = _D65
    curve: str | float = SRGB_CURVE
    """SRGB_CURVE, PQ, HLG, or the exponent of a plain gamma curve."""

    @property
    def is_hdr(self) -> bool:
        """Return whether the picture is brighter than sRGB can express (ITU-R BT.2100)."""
        return self.curve in {PQ, HLG}


SRGB = ColourSpace()
ADOBE_RGB = ColourSpace(((0.640, 0.330), (0.210, 0.710), (0.150, 0.060)), curve=563 / 256)
"""Adobe RGB (1998) Color Image Encoding, 4.3."""

_BT601_525 = ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070))
_P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
_BT2020 = 9
_PRIMARIES: dict[int, tuple[tuple[Point, Point, Point], Point]] = {
    1: (_BT709, _D65),
    5: (((0.640, 0.330), (0.290, 0.600), (0.150, 0.060)), _D65),
    6: (_BT601_525, _D65),
    7: (_BT601_525, _D65),
    _BT2020: (((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)), _D65),
    11: (_P3, (0.314, 0.351)),
    12: (_P3, _D65),
    22: (((0.630, 0.340), (0.295, 0.605), (0.155, 0.077)), _D65),
}
"""ITU-T H.273, table 2."""

_CURVES: dict[int, str | float] = {4: 2.2, 5: 2.8, 8: 1.0, 16: PQ, 18: HLG}
"""ITU-T H.273, table 3.

Codes not listed count as sRGB. This includes BT.601 and BT.709: their curves describe how a camera encodes
light, but pictures with these codes are made to look right on an sRGB screen.
"""


def from_codes(primaries: int, transfer: int) -> ColourSpace:
    """Colour space for the codes of ITU-T H.273, which PNG, HEIF and AVIF use.

    Unknown primaries count as those of sRGB, or of BT.2020 for PQ and HLG.
    """
    curve = _CURVES.get(transfer, SRGB_CURVE)
    usual = _BT2020 if curve in {PQ, HLG} else 1
    points, white = _PRIMARIES.get(primaries, _PRIMARIES[usual])
    return ColourSpace(points, white, curve)
