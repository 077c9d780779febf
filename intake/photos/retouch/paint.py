"""Destruction of marked pixels. Runs only in a worker's sandboxed child.

A *solid* mark is black, so nothing below it is left. A *mosaic* keeps the average colour of large cells. A cell is
at least 24 pixels wide and a quarter of the mark's shorter side. Its colour has 16 levels a channel. About
4 × 5 colours of a face remain, from which the pixels of the face cannot be computed.

A mosaic does not protect against guessing. With a short list of candidates (number plates, ten colleagues' faces),
an attacker can compare a mosaic of each candidate (Hill et al., "On the (In)effectiveness of
Mosaicing and Blurring", 2016; McPherson et al., "Defeating Image Obfuscation with Deep Learning", 2016).
Therefore solid is the default. In an animation every mark is solid, because each frame of a moving mosaic
reveals more.
"""

from PIL import Image, ImageDraw

from intake.photos.render.backdrop import on_white
from intake.photos.retouch.marks import Mark

SHARE = 4
"""Maximum number of mosaic cells along the mark's shorter side."""

SMALLEST_CELL = 24
LEVEL = 16
"""Step between mosaic colours, of 256 levels."""

Box = tuple[int, int, int, int]


def paint(frames: list[Image.Image], mark: Mark, block: int) -> None:
    """Destroy the pixels below the mark in every frame. `block` is a value of BLOCK, or 1 if there are no blocks."""
    drawn = mark.pixels(*frames[0].size)
    box = _outwards(drawn, block, frames[0].size)
    mask = _ellipse(drawn, box, block) if mark.shape == "ellipse" else None
    mosaic = mark.how == "mosaic" and len(frames) == 1
    for frame in frames:
        cover = _mosaic(frame.crop(box)) if mosaic else Image.new("RGB", _size(box), "black")
        frame.paste(cover.convert(frame.mode), box, mask)


def _mosaic(below: Image.Image) -> Image.Image:
    """Opaque mosaic of `below` with one colour per cell. A kept alpha channel would reveal the picture's shapes."""
    cell = max(SMALLEST_CELL, -(-min(below.size) // SHARE))
    cells = (max(1, below.width // cell), max(1, below.height // cell))
    averages = on_white(below).convert("RGB").resize(cells, Image.Resampling.BOX)
    coarse = averages.point([value // LEVEL * LEVEL + LEVEL // 2 for value in range(256)] * 3)
    return coarse.resize(below.size, Image.Resampling.NEAREST)


def _ellipse(drawn: Box, box: Box, block: int) -> Image.Image:
    """Mask of the size of `box` that covers every block touched by the ellipse."""
    mask = Image.new("L", _size(box), 0)
    left, top = box[0], box[1]
    ImageDraw.Draw(mask).ellipse(
        (drawn[0] - left, drawn[1] - top, drawn[2] - left - 1, drawn[3] - top - 1), fill=255
    )
    if block == 1:
        return mask
    touched = mask.reduce(block).point([0] + [255] * 255)
    whole = touched.resize((touched.width * block, touched.height * block), Image.Resampling.NEAREST)
    return whole.crop((0, 0, *mask.size))


def _outwards(drawn: Box, block: int, size: tuple[int, int]) -> Box:
    left, top, right, bottom = drawn
    return (
        left // block * block,
        top // block * block,
        min(size[0], -(-right // block) * block),
        min(size[1], -(-bottom // block) * block),
    )


def _size(box: Box) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]
