"""Destroying pixels. Only a sandboxed child of a worker runs this.

A *solid* mark is black, and nothing of what was there is left. A *mosaic* keeps the average colour of large cells: each is
at least a quarter of the mark's shorter side and 24 pixels, and its colour is rounded to one of 16 levels a channel, so of a
face about 4 × 5 numbers remain, and its pixels cannot be computed from them. What a mosaic cannot do: where somebody has a
short list of what may be below (the letters of a number plate, the faces of ten colleagues), they can make the mosaic of
each and compare (Hill et al., "On the (In)effectiveness of Mosaicing and Blurring", 2016; McPherson et al., "Defeating
Image Obfuscation with Deep Learning", 2016). Hence solid is the default. In an animation every mark is solid: of something
that moves below a mosaic, each frame tells more.
"""

from PIL import Image, ImageDraw

from intake.photos.render.perceptual_hash import on_white
from intake.photos.retouch.marks import Mark

SHARE = 4
"""Cells of a mosaic along the mark's shorter side, at most."""

SMALLEST_CELL = 24
LEVEL = 16
"""Of 256: a mosaic's colours are multiples of it."""

BLOCK = {"jpeg": 16, "webp": 16}
"""Format → pixels that it codes together, in each direction. The rest are exact.

What lies beside a mark in the same block was coded together with what lay below it, and bears its ripples: a mark grows to
whole blocks.
"""

Box = tuple[int, int, int, int]


def paint(frames: list[Image.Image], mark: Mark, block: int) -> None:
    """Destroy what is below the mark in every frame; `block` as in BLOCK, 1 for exact formats."""
    drawn = mark.pixels(*frames[0].size)
    box = _outwards(drawn, block, frames[0].size)
    mask = _ellipse(drawn, box, block) if mark.shape == "ellipse" else None
    mosaic = mark.how == "mosaic" and len(frames) == 1
    for frame in frames:
        cover = _mosaic(frame.crop(box)) if mosaic else Image.new("RGB", _size(box), "black")
        frame.paste(cover.convert(frame.mode), box, mask)


def _mosaic(below: Image.Image) -> Image.Image:
    """One colour a cell, opaque: transparency, too, would tell of what was there."""
    cell = max(SMALLEST_CELL, -(-min(below.size) // SHARE))
    cells = (max(1, below.width // cell), max(1, below.height // cell))
    averages = on_white(below).convert("RGB").resize(cells, Image.Resampling.BOX)
    coarse = averages.point([value // LEVEL * LEVEL + LEVEL // 2 for value in range(256)] * 3)
    return coarse.resize(below.size, Image.Resampling.NEAREST)


def _ellipse(drawn: Box, box: Box, block: int) -> Image.Image:
    """A mask of the size of `box`: every block that the ellipse touches."""
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
