"""Shapes of a cropped picture. Standard library only."""

from intake.photos.retouch.marks import PLACES, Area

ASPECTS: dict[str, float | None] = {"free": None, "3:2": 3 / 2, "16:9": 16 / 9, "1:1": 1.0, "4:5": 4 / 5}
"""Name → width by height; None for any."""


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
