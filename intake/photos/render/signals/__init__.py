"""Colour space that a file names by other means than an ICC profile. Reads bytes only, decodes no pixels."""

from typing import Any

from intake.photos.render.colour_spaces import ColourSpace
from intake.photos.render.signals import boxes, exif, png

__all__ = ["read"]


def read(data: bytes, format_in: str, info: dict[Any, Any]) -> ColourSpace | None:
    """Colour space by the container, else by Exif, else by the gamma of a PNG. None if there is none of these.

    `info` is the attribute of the opened Pillow picture. Malformed data counts as absent.
    """
    return (
        _of_container(data, format_in)
        or exif.read(_exif_block(data, format_in, info))
        or _of_gamma(data, format_in)
    )


def _of_container(data: bytes, format_in: str) -> ColourSpace | None:
    if format_in == "png":
        return png.read(data)
    return boxes.read(data) if format_in in {"heif", "avif"} else None


def _of_gamma(data: bytes, format_in: str) -> ColourSpace | None:
    return png.read_gamma(data) if format_in == "png" else None


def _exif_block(data: bytes, format_in: str, info: dict[Any, Any]) -> bytes:
    """Exif block, which has the structure of a TIFF file. For a TIFF, the whole file."""
    if format_in == "tiff":
        return data
    block = info.get("exif")
    return block.removeprefix(b"Exif\0\0") if isinstance(block, bytes) else b""
