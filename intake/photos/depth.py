"""Eight bits a channel, in a mode that has colours: grey, RGB, RGBA, LA, CMYK or LAB."""

from typing import cast

from PIL import Image

_SIXTEEN = {"I;16", "I;16L", "I;16B", "I;16N"}
PLAIN = {"L", "LA", "RGB", "RGBA", "CMYK", "LAB"}
"""Modes that colour conversion takes."""


def to_eight_bits(picture: Image.Image) -> Image.Image:
    """The same picture in a mode of PLAIN. Deeper greys are scaled: `convert` would clip them."""
    if picture.mode in PLAIN:
        return picture
    if picture.mode in _SIXTEEN:
        return picture.point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode in {"I", "F"}:
        return _scaled_by_extremes(picture)
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in {"PA", "La", "RGBa"} or picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("RGB")


def _scaled_by_extremes(picture: Image.Image) -> Image.Image:
    """Integers and floats have no white of their own: what is brightest becomes it, unless 8 or 16 bits were meant."""
    low, high = cast("tuple[float, float]", picture.getextrema())
    if low >= 0:
        low, high = 0, next((white for white in _WHITES[picture.mode] if high <= white), high)
    scale = 255 / (high - low) if high > low else 1.0
    return picture.point(lambda value: value * scale + -low * scale).convert("L")


_WHITES = {"I": (255, 65535), "F": (1.0, 255.0, 65535.0)}
