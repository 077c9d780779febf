"""Draw one layer, and inspect what it changed."""

import random
from collections.abc import Callable

from PIL import ImageChops

from intake.demo.pictures.canvas import Canvas


def canvas(seed: str = "seed") -> Canvas:
    """Empty black canvas."""
    return Canvas(random.Random(seed))


def touched(layer: Callable[[Canvas], None], seed: str = "seed") -> tuple[int, int, int, int]:
    """Bounding box of what a layer draws on an empty canvas. Fails if it draws nothing."""
    empty, drawn = canvas(seed), canvas(seed)
    layer(drawn)
    box = ImageChops.difference(empty.image, drawn.image).getbbox()
    assert box is not None
    return box
