"""Lengths of CSS in pixels of the screen."""

import re
from functools import lru_cache

ROOT_PX = 16.0
"""Default font size of a page, in pixels."""

# Pixels of one unit. Sizes of a screen are those of a common laptop.
_UNITS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54, "rem": ROOT_PX,
    "vw": 12.8, "svw": 12.8, "lvw": 12.8, "dvw": 12.8, "vi": 12.8, "vmax": 12.8,
    "vh": 7.2, "svh": 7.2, "lvh": 7.2, "dvh": 7.2, "vb": 7.2, "vmin": 7.2,
}  # fmt: skip
# Units relative to the font size → multiple of the font size.
_RELATIVE = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2, "cap": 0.7, "ic": 1.0}
_LENGTH = re.compile(
    r"(?:calc\(\s*)?([-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:e[-+]?\d{1,3})?)\s*([a-z]{0,4}|%)\s*\)?"
)
_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "xxx-large": 48.0, "initial": 16.0,
}  # fmt: skip


@lru_cache(maxsize=1024)
def pixels(value: str, em: float = ROOT_PX, whole: float | None = None) -> float | None:
    """Length in pixels. None if it is no plain length.

    `em` is the font size in pixels. `whole` is the length of 100 % in pixels, or None if it is unknown.
    """
    found = _LENGTH.fullmatch(value)
    if not found:
        return None
    number, unit = float(found[1]), found[2]
    if unit == "%":
        return None if whole is None else number * whole / 100
    if unit in _RELATIVE:
        return number * _RELATIVE[unit] * em
    if unit in _UNITS:
        return number * _UNITS[unit]
    return 0.0 if not unit and number == 0 else None


def font_size(value: str, parent: float) -> float:
    """Font size in pixels of an element whose parent has the font size `parent`."""
    if value in _SIZES:
        return _SIZES[value]
    if value in ("smaller", "larger"):
        return parent * (0.83 if value == "smaller" else 1.2)
    found = pixels(value, parent, parent)
    return parent if found is None or found < 0 else found
