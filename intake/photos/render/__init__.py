"""Rendering of an untrusted photo into three copies. Runs only in a worker's sandboxed child."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from intake.photos.limits import THUMB_SIDE, WEB_SIDE
from intake.photos.notes import Notes
from intake.photos.pictures import MainPicture
from intake.photos.render import animation, colour, colour_key, decoding, drawing, signals, threads
from intake.photos.render.encoding import FULL, THUMB, WEB, Coding, Timing, best_coding, encode, encode_frames
from intake.photos.render.normalization import (
    needed_transpose,
    rotated,
    strip_metadata,
    to_eight_bits,
    transpose,
)

SUBSAMPLED = {"jpeg", "heif", "avif"}
"""Formats in which cameras store colour at half the resolution."""


@dataclass(frozen=True)
class Rendered:
    """Encoded copies of a picture, not yet verified."""

    full: bytes
    web: bytes
    thumb: bytes
    format: str
    width: int
    height: int
    frames: int
    notes: Notes = field(default_factory=dict)


def prepare() -> None:
    """Load in advance what Pillow would load on first use, because the sandboxed child cannot open files."""
    decoding.prepare()
    colour.prepare()


def render(main: MainPicture, max_side: int | None = None) -> Rendered:
    """Decode, rotate upright, convert to sRGB and eight bits, shrink to `max_side` pixels, and encode.

    Raises PhotoRefused, or any error of Pillow.
    """
    opened = decoding.open_picture(main)
    frames = decoding.count_frames(opened.picture, main.format_in)
    if frames > 1:
        return _moving(opened.picture, main.data, frames, main.format_in, max_side)
    return _still(opened, main.data, main.format_in, max_side)


def _still(opened: decoding.Opened, data: bytes, format_in: str, max_side: int | None) -> Rendered:
    notes, picture = opened.load(), opened.picture
    how = needed_transpose(picture, format_in)
    seen = strip_metadata(_in_srgb(picture, data, format_in))
    # Choose the format before shrinking: shrinking blends colours, so a drawing would pass for a photograph.
    coding = best_coding(seen, format_in, lossless=drawing.is_lossless(data, format_in))
    seen = capped(seen, max_side)
    size = rotated(seen.size, how)
    if opened.original != picture.size:
        notes["made_smaller"] = [*rotated(opened.original, how), *size]
    # Shrink before rotating: rotating the large picture for the web copy, too, would take as long as encoding it.
    return _copies(
        size, lambda: transpose(seen, how), lambda: transpose(shrink(seen, WEB_SIDE), how), coding, notes
    )


def _in_srgb(picture: Image.Image, data: bytes, format_in: str) -> Image.Image:
    """Convert to sRGB at eight bits a channel, with an alpha channel if the file has a colour key."""
    alpha = colour_key.alpha(picture, data, format_in)
    named = signals.read(data, format_in, picture.info)
    profile = picture.info.get("icc_profile")
    eight = to_eight_bits(picture)
    seen = colour.to_srgb(eight, profile, named, subsampled=format_in in SUBSAMPLED)
    return colour_key.with_alpha(seen, alpha)


def _moving(picture: Image.Image, data: bytes, count: int, format_in: str, max_side: int | None) -> Rendered:
    frames, timing = animation.read_frames(picture, data, count, format_in)
    if len(frames) == 1:
        # An animation with one frame is a still picture.
        lossless = drawing.is_lossless(data, format_in)
        return still(capped(frames[0], max_side), best_coding(frames[0], format_in, lossless=lossless))
    return moving([capped(frame, max_side) for frame in frames], timing, animation.FORMAT[format_in])


def moving(frames: list[Image.Image], timing: Timing, name: str) -> Rendered:
    """Render the three copies of an animation in the format `name`."""
    full = encode_frames(frames, name, timing, FULL)
    small = [shrink(frame, WEB_SIDE) for frame in frames]
    web = full if small[0] is frames[0] else encode_frames(small, name, timing, WEB)
    tiny = shrink(small[0], THUMB_SIDE)
    return Rendered(full, web, encode(tiny, name, THUMB), name, *frames[0].size, len(frames))


def still(frame: Image.Image, coding: Coding) -> Rendered:
    """Render the three copies of a still picture that is upright and in sRGB."""
    return _copies(frame.size, lambda: frame, lambda: shrink(frame, WEB_SIDE), coding, {})


Make = Callable[[], Image.Image]


def _copies(size: tuple[int, int], large: Make, small: Make, coding: Coding, notes: Notes) -> Rendered:
    """Make and encode the three copies. `large` returns the full picture, `small` the web picture.

    Pillow releases the GIL while it shrinks and rotates, but not while it encodes. So `small` runs in a thread
    while the full copy is encoded.
    """
    name, subsampling = coding.format, coding.subsampling
    full, middle = threads.both(lambda: encode(large(), name, FULL, subsampling), small)
    web = full if name == "png" and middle.size == size else encode(middle, name, WEB, subsampling)
    thumb = encode(shrink(middle, THUMB_SIDE), name, THUMB, subsampling)
    return Rendered(full, web, thumb, name, *size, 1, notes)


def capped(picture: Image.Image, max_side: int | None) -> Image.Image:
    """Shrink a picture to at most `max_side` pixels on its longer side, or not at all if `max_side` is None."""
    return picture if max_side is None else shrink(picture, max_side)


def shrink(picture: Image.Image, side: int) -> Image.Image:
    """Shrink a picture to at most `side` pixels on its longer side. Returns it unchanged if it is not larger.

    First reduce by a whole factor: averaging blocks takes a tenth of the time of resampling every pixel. The
    remaining factor is below two, where HAMMING reads half the pixels of BICUBIC without a visible
    difference.
    """
    longest = max(picture.size)
    if longest <= side:
        return picture
    width, height = (max(1, round(length * side / longest)) for length in picture.size)
    factor = longest // side
    # Reduce each side by itself, because a strip of 1 × 65,500 can only shrink in one direction.
    reduced = (
        picture.reduce((min(factor, picture.width), min(factor, picture.height))) if factor > 1 else picture
    )
    return reduced.resize((width, height), Image.Resampling.HAMMING)
