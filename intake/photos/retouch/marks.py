"""What an editor drew on a picture: where, and what is to become of it. Standard library only."""

import math
from dataclasses import dataclass

SHAPES = ("box", "ellipse")
HOWS = ("solid", "mosaic")
ASPECTS: dict[str, float | None] = {"free": None, "3:2": 3 / 2, "16:9": 16 / 9, "1:1": 1.0, "4:5": 4 / 5}
"""Name → width by height; None for any."""
PLACES = 6
"""Decimals that count: what floats add beyond them must not cost a column of pixels."""


@dataclass(frozen=True)
class Area:
    """A rectangle of a picture, its place and lengths as parts of the whole, 0 to 1."""

    x: float
    y: float
    width: float
    height: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in a picture of that size: at least one pixel, and none outside."""
        left, right = _span(self.x, self.width, width)
        top, bottom = _span(self.y, self.height, height)
        return left, top, right, bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it or on its edge."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True)
class Mark(Area):
    """What is to be destroyed; `shape` is one of SHAPES, `how` one of HOWS."""

    shape: str = "box"
    how: str = "solid"


@dataclass(frozen=True)
class Change:
    """What is to be destroyed, and what is left of the whole afterwards: all of it where `crop` is None."""

    marks: tuple[Mark, ...] = ()
    crop: Area | None = None


def _span(start: float, length: float, most: int) -> tuple[int, int]:
    """Outwards to whole pixels: rather one too many is destroyed than one too few."""
    first = min(most - 1, max(0, math.floor(round(start * most, PLACES))))
    return first, min(most, max(first + 1, math.ceil(round((start + length) * most, PLACES))))


def fitted(area: Area, aspect: str, whole: tuple[int, int]) -> Area:
    """The largest area of that aspect within `area` and about its middle; `whole` is the picture's size in pixels."""
    ratio = ASPECTS[aspect]
    if ratio is None:
        return area
    width, height = area.width * whole[0], area.height * whole[1]
    wide = min(width, height * ratio) / whole[0]
    high = min(height, width / ratio) / whole[1]
    x, y = area.x + (area.width - wide) / 2, area.y + (area.height - high) / 2
    return Area(round(x, PLACES), round(y, PLACES), round(wide, PLACES), round(high, PLACES))
