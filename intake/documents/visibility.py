"""Styles by which the text cleaner decides whether a text is visible. Easily readable text gets no style."""

import re

SMALLEST = 3.0
"""Size in points from which text is readable. Such a size is not passed on to the text cleaner."""
_CONTRAST = 2.5
"""Contrast ratio (WCAG 2) from which colours are not passed on."""
_HEX = re.compile(r"[0-9a-fA-F]{6}")
TRANSPARENT = "transparent"
UNKNOWN = "unknown"
"""Background without a single known colour, such as a picture or a gradient."""


def style(color: str | None, background: str | None, points: float | None) -> str | None:
    """A span's opening tag with colour, background and size, or None if the text is easily readable.

    Colours are six hex digits. No background is white. No colour is automatic: black, or white on a dark background.
    """
    rules = []
    if points is not None and points < SMALLEST:
        rules.append(f"font-size:{points:g}pt")
    if color == TRANSPARENT:
        rules.append("color:transparent")
    elif color and background != UNKNOWN and _is_faint(color, background or "ffffff"):
        rules.append(f"color:#{color.lower()}")
        # The cleaner compares the colour with white if no background is given.
        if background and background.lower() != "ffffff":
            rules.append(f"background-color:#{background.lower()}")
    return f'span style="{";".join(rules)}"' if rules else None


def hex_color(value: str | None) -> str | None:
    """A colour as six hex digits, otherwise None."""
    plain = (value or "").removeprefix("#")
    return plain if _HEX.fullmatch(plain) else None


def _is_faint(color: str, background: str) -> bool:
    if not (_HEX.fullmatch(color) and _HEX.fullmatch(background)):
        return False
    one, other = _luminance(color), _luminance(background)
    return (max(one, other) + 0.05) / (min(one, other) + 0.05) < _CONTRAST


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
