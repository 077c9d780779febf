"""Scenes as lists of layers, with grain that makes the drawing look like a photo."""

import random
from collections.abc import Callable

from PIL import Image, ImageFilter

from intake.demo.pictures import buildings, land, notice, people
from intake.demo.pictures.canvas import SIZE, Canvas

Layer = Callable[[Canvas], None]
LAYERS: dict[str, tuple[Layer, ...]] = {
    "steppe": (land.sky, land.plain, land.road),
    "mountains": (land.sky, land.ridges, land.plain),
    "street": (land.dusk, buildings.row, buildings.pavement, people.passers_by),
    "court": (land.sky, buildings.court, buildings.pavement, people.waiting),
    "chapel": (land.sky, land.ridges, land.plain, buildings.chapel),
    "dome": (land.dusk, buildings.row, buildings.dome, buildings.pavement),
    "crowd": (land.sky, buildings.row, buildings.pavement, people.crowd),
    "notice": (notice.wall, notice.sheet),
}
BLUR, GRAIN, STRENGTH = 1.2, 38, 0.12


def paint(scene: str, seed: str) -> Image.Image:
    """Draw a scene, upright, 1,600 pixels wide."""
    canvas = Canvas(random.Random(f"{scene} {seed}"))  # noqa: S311 - a picture, not a secret
    for layer in LAYERS[scene]:
        layer(canvas)
    grain = Image.effect_noise(SIZE, GRAIN).convert("RGB")
    return Image.blend(canvas.image.filter(ImageFilter.GaussianBlur(BLUR)), grain, STRENGTH)
