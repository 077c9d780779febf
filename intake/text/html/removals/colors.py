"""Colours of words and of their backgrounds."""

import re
from functools import lru_cache
from typing import NamedTuple

from tinycss2 import color4

NEAR = 18
"""Largest difference per channel (of 255) at which a reader cannot tell two colours apart."""

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")
# Colour spaces whose first component is the lightness → lightness of white.
_LIGHTNESS = {"lab": 100.0, "lch": 100.0, "oklab": 1.0, "oklch": 1.0}
_GRAYISH = 0.02
# CSS system colours, as a page without a dark mode shows them.
_SYSTEM = {
    "windowtext": "black", "canvastext": "black", "text": "black", "captiontext": "black", "window": "white",
    "canvas": "white", "buttonface": "#efefef", "infobackground": "white",
}  # fmt: skip


class Color(NamedTuple):
    """Colour in sRGB, each channel 0 to 255. `alpha` is 0 (transparent) to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


BLACK, WHITE, LINK = Color(0, 0, 0), Color(255, 255, 255), Color(0, 0, 238)
YELLOW = Color(255, 255, 0)


@lru_cache(maxsize=1024)
def read(value: str) -> Color | None:
    """Colour of a CSS value. None if it is no colour, or one that depends on other elements."""
    if value[:1] == "#" and (digits := _HEX.fullmatch(value)):
        return _hex(digits[1])
    try:
        found = color4.parse_color(_SYSTEM.get(value, value))
        if found is None or isinstance(found, str):
            return None
        parts = [float(part or 0) for part in found.coordinates]
        if found.space in _LIGHTNESS:
            return _gray(found.space, parts, found.alpha)
        red, green, blue = (min(max(part, 0.0), 1.0) * 255 for part in found.to("srgb").coordinates)
        return Color(red, green, blue, found.alpha)
    except (ArithmeticError, NotImplementedError, ValueError):
        return None


def _hex(digits: str) -> Color:
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return Color(*(float(int(digits[place : place + 2], 16)) for place in (0, 2, 4)))


def _gray(space: str, parts: list[float], alpha: float) -> Color | None:
    """Black, grey or white in a colour space of _LIGHTNESS. None for other colours."""
    whole = _LIGHTNESS[space]
    # The second part of `lch` is the distance from grey, and the third one an angle.
    coloured = parts[1] if space.endswith("lch") else max(map(abs, parts[1:]))
    if coloured > whole * _GRAYISH:
        return None
    light = min(max(parts[0] / whole, 0.0), 1.0)
    linear = (
        light**3 if space.startswith("ok") else max((light * 100 + 16) / 116, 16 / 116) ** 3 - (16 / 116) ** 3
    )
    channel = 255 * min(
        1.055 * max(linear, 0.0) ** (1 / 2.4) - 0.055 if linear > 0.0031 else 12.92 * linear, 1.0
    )
    return Color(channel, channel, channel, alpha)


def attribute(value: str | None) -> Color | None:
    """Colour of an attribute such as `bgcolor`, which may lack the `#`.

    Unlike in CSS, four or eight digits include no alpha. Browsers read another colour from them, here it is None.
    """
    text = (value or "").strip().lower()
    if found := _HEX.fullmatch(text):
        return read(f"#{found[1]}")
    return read(text) if text.isalpha() and text != "transparent" else None


def over(front: Color, back: Color) -> Color:
    """Colour that is seen where `front` lies over `back`. The latter is opaque."""
    share = front.alpha
    if share == 1:
        return front
    red, green, blue = (
        one * share + other * (1 - share) for one, other in zip(front[:3], back[:3], strict=True)
    )
    return Color(red, green, blue)


def distance(one: Color, other: Color) -> float:
    """Largest difference of a channel, 0 to 255."""
    return max(abs(one.red - other.red), abs(one.green - other.green), abs(one.blue - other.blue))
