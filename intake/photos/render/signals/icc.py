"""HDR by an ICC profile: a `cicp` tag says that the pixels are in PQ or HLG (ICC.1:2022, 9.2.17)."""

from intake.photos.render import colour_spaces
from intake.photos.render.colour_spaces import ColourSpace

_MAX_TAGS = 200
_TABLE = 128


def read(profile: bytes) -> ColourSpace | None:
    """Colour space of an HDR profile. None for every other profile, which the colour engine handles."""
    count = min(int.from_bytes(profile[_TABLE : _TABLE + 4], "big"), _MAX_TAGS)
    for at in range(_TABLE + 4, _TABLE + 4 + 12 * count, 12):
        if profile[at : at + 4] == b"cicp":
            start = int.from_bytes(profile[at + 4 : at + 8], "big")
            return _hdr(profile[start : start + 12])
    return None


def _hdr(value: bytes) -> ColourSpace | None:
    if len(value) < 12 or value[:4] != b"cicp":
        return None
    space = colour_spaces.from_codes(value[8], value[9])
    return space if space.is_hdr else None
