"""Choose the format of a picture, and encode it."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, JpegImagePlugin

from intake.photos.render import drawing

FULL, WEB, THUMB = 90, 85, 80
"""Encoder quality of the three copies, of 100."""

MAX_WEBP_SIDE = 16_383
MAX_JPEG_SIDE = 65_500
_FEW_COLOURS = 256
_ALPHA_AS_WEBP = {"webp", "heif", "avif"}


HALF, SHARP = "4:2:0", "4:4:4"
"""Resolution at which a JPEG stores colour: half, as cameras do, or full, for coloured text."""

_LARGER = 2
"""A drawing becomes a PNG if the PNG has at most this many times the bytes of a sharp JPEG."""


@dataclass(frozen=True)
class Coding:
    """Format of a picture's copies, and the colour resolution if it is JPEG."""

    format: str
    subsampling: str = HALF


def best_coding(picture: Image.Image, format_in: str, *, lossless: bool) -> Coding:
    """JPEG for photographs, PNG for drawings, screenshots and long strips, PNG or WebP for transparency.

    `lossless` says whether the original stores each pixel exactly. If not, PNG would not make its text sharper.
    """
    side = max(picture.size)
    drawn = lossless and drawing.is_drawn(picture)
    if picture.mode in {"RGBA", "LA"}:
        as_webp = format_in in _ALPHA_AS_WEBP and side <= MAX_WEBP_SIDE and not drawn
        return Coding("webp" if as_webp else "png")
    few = format_in in {"png", "gif"} and picture.mode != "L" and picture.getcolors(_FEW_COLOURS) is not None
    if few or side > MAX_JPEG_SIDE:
        return Coding("png")
    return _smaller(picture) if drawn else Coding("jpeg")


def _smaller(picture: Image.Image) -> Coding:
    """PNG or sharp JPEG by the size of a sample, because encoding a photograph as PNG is slow."""
    sample = drawing.strips(picture)
    as_jpeg = encode(sample, "jpeg", FULL, SHARP)
    is_small = len(encode(sample, "png", FULL)) <= _LARGER * len(as_jpeg)
    return Coding("png") if is_small else Coding("jpeg", SHARP)


def colour_resolution(picture: Image.Image) -> str:
    """Colour resolution of an opened JPEG: SHARP or HALF."""
    return SHARP if JpegImagePlugin.get_sampling(picture) == 0 else HALF


def encode(picture: Image.Image, name: str, quality: int, subsampling: str = HALF) -> bytes:
    """Encode a still picture. `optimize` and `progressive` would take 2.8 and 6.6 times as long."""
    out = io.BytesIO()
    if name == "jpeg":
        picture.save(out, "JPEG", quality=quality, subsampling=subsampling)
    elif name == "webp":
        picture.save(out, "WEBP", quality=quality, method=2)
    elif name == "gif":
        picture.save(out, "GIF")
    else:
        picture.save(out, "PNG", compress_level=4)
    return out.getvalue()


@dataclass(frozen=True)
class Timing:
    """Timing of an animation."""

    durations: list[int]
    """Milliseconds of each frame."""
    loop: int | None
    """Number of repetitions, 0 for endless. None if the file gives no number, which means once."""


def encode_frames(frames: list[Image.Image], name: str, timing: Timing, quality: int) -> bytes:
    """Encode an animation. Each frame is a whole picture."""
    how: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": timing.durations}
    if timing.loop is not None:
        how["loop"] = timing.loop
    out = io.BytesIO()
    if name == "webp":
        frames[0].save(out, "WEBP", quality=quality, method=2, **how)
    elif name == "gif":
        how["append_images"] = [indexed(frame) for frame in frames[1:]]
        indexed(frames[0]).save(out, "GIF", disposal=2 if frames[0].mode == "RGBA" else 1, **how)
    else:
        frames[0].save(out, "PNG", compress_level=4, disposal=0, blend=0, **how)
    return out.getvalue()


def indexed(picture: Image.Image) -> Image.Image:
    """Index an RGB picture of at most 256 colours with exactly these colours as its palette.

    Other pictures are returned unchanged.

    Without this palette, Pillow searches for the best 256 colours. For a frame of 0.4 megapixels, that takes
    21 ms instead of 6 ms. The palette lookup is off by a level or two, which dithering evens out.
    """
    colours = picture.getcolors(_FEW_COLOURS) if picture.mode == "RGB" else None
    if colours is None:
        return picture
    table = Image.new("P", (1, 1))
    table.putpalette(bytes(value for _, colour in colours for value in _triple(colour)))
    return picture.quantize(palette=table, dither=Image.Dither.FLOYDSTEINBERG)


def _triple(colour: object) -> tuple[int, ...]:
    return tuple(colour) if isinstance(colour, tuple) else (0, 0, 0)
