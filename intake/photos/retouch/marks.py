"""Marks (areas to destroy) and crop that an editor drew on a picture. Imports only the standard library."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHAPES = ("box", "ellipse")
HOWS = ("solid", "mosaic")
ASPECTS: dict[str, float | None] = {"free": None, "3:2": 3 / 2, "16:9": 16 / 9, "1:1": 1.0, "4:5": 4 / 5}
"""Name of an aspect ratio → width divided by height. None allows any ratio."""
BLOCK = {"jpeg": 16, "webp": 16}
"""Format → size of its coding blocks in pixels. Formats not listed code each pixel exactly.

Pixels beside a mark were coded together with the marked pixels of the same block, and reveal traces of them.
A mark is therefore enlarged to whole blocks.
"""

PLACES = 6
"""Decimals of coordinates. Rounding to them keeps floating-point noise from adding a column of pixels."""


@dataclass(frozen=True)
class Area:
    """A rectangle in a picture. Position and size are fractions of the whole, 0 to 1."""

    x: float
    y: float
    width: float
    height: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in pixels, for a picture of this size.

        The result has at least one pixel and lies inside the picture.
        """
        left, right = _span(self.x, self.width, width)
        top, bottom = _span(self.y, self.height, height)
        return left, top, right, bottom

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies inside or on the edge."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True)
class Mark(Area):
    """An area whose pixels are to be destroyed. `shape` is one of SHAPES, `how` one of HOWS."""

    shape: str = "box"
    how: str = "solid"


@dataclass(frozen=True)
class PhotoEdit:
    """Marks to destroy, and the crop of the result. `crop` None keeps the whole picture."""

    marks: tuple[Mark, ...] = ()
    crop: Area | None = None

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "PhotoEdit":
        """Build an edit from the dict that `dataclasses.asdict` made of it."""
        crop = fields["crop"]
        return cls(tuple(Mark(**mark) for mark in fields["marks"]), Area(**crop) if crop else None)


def _span(start: float, length: float, most: int) -> tuple[int, int]:
    """Round a span outwards to whole pixels, so that every pixel that it touches is included."""
    first = min(most - 1, max(0, math.floor(round(start * most, PLACES))))
    return first, min(most, max(first + 1, math.ceil(round((start + length) * most, PLACES))))


def fitted(area: Area, aspect: str, whole: tuple[int, int]) -> Area:
    """Largest centred area within `area` that has this aspect ratio.

    `whole` is the picture's size in pixels.
    """
    ratio = ASPECTS[aspect]
    if ratio is None:
        return area
    width, height = area.width * whole[0], area.height * whole[1]
    wide = min(width, height * ratio) / whole[0]
    high = min(height, width / ratio) / whole[1]
    x, y = area.x + (area.width - wide) / 2, area.y + (area.height - high) / 2
    return Area(round(x, PLACES), round(y, PLACES), round(wide, PLACES), round(high, PLACES))
