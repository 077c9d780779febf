"""Drawing one layer, and looking at what it changed."""

import random
from collections.abc import Callable

from PIL import ImageChops

from intake.demo.pictures.canvas import Canvas


def canvas(seed: str = "seed") -> Canvas:
    """An empty one, black."""
    return Canvas(random.Random(seed))


def touched(layer: Callable[[Canvas], None], seed: str = "seed") -> tuple[int, int, int, int]:
    """The box in which a layer draws on an empty canvas; fails if it draws nothing."""
    empty, drawn = canvas(seed), canvas(seed)
    layer(drawn)
    box = ImageChops.difference(empty.image, drawn.image).getbbox()
    assert box is not None
    return box
