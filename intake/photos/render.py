"""From a stranger's bytes to three copies of what is seen. Only a sandboxed child of a worker runs this."""

from dataclasses import dataclass

from PIL import Image

from intake.photos import animation, colour, opening
from intake.photos.bare import bare
from intake.photos.depth import to_eight_bits
from intake.photos.encode import FULL, THUMB, WEB, Timing, best_format, encode, encode_frames
from intake.photos.likeness import dhash
from intake.photos.orientation import turn, turn_needed
from intake.photos.sizes import THUMB_SIDE, WEB_SIDE, shrink

SUBSAMPLED = {"jpeg", "heif", "avif"}
"""Formats in which cameras keep colour at half the resolution."""


@dataclass(frozen=True)
class Rendered:
    """The copies as written, not yet proven clean."""

    full: bytes
    web: bytes
    thumb: bytes
    format: str
    width: int
    height: int
    frames: int
    dhash: str


def prepare() -> None:
    """Everything that would be loaded or made on first use; the sandboxed child cannot open files."""
    opening.prepare()
    colour.prepare()


def render(data: bytes, format_in: str) -> Rendered:
    """Decode, set upright, bring to sRGB and eight bits, and encode afresh. Raise PhotoRefused, or what Pillow raises."""
    picture = opening.open_picture(data, format_in)
    frames = opening.count_frames(picture, format_in)
    return _moving(picture, frames, format_in) if frames > 1 else _still(picture, format_in)


def _still(picture: Image.Image, format_in: str) -> Rendered:
    opening.load(picture)
    how = turn_needed(picture, format_in)
    profile = picture.info.get("icc_profile")
    seen = bare(colour.to_srgb(to_eight_bits(picture), profile, subsampled=format_in in SUBSAMPLED))
    # Shrunk before it is turned: turning the large one twice would cost as much as encoding it.
    small = turn(shrink(seen, WEB_SIDE), how)
    large = turn(seen, how)
    name = best_format(large, format_in)
    tiny = shrink(small, THUMB_SIDE)
    full = encode(large, name, FULL)
    web = full if name == "png" and small.size == large.size else encode(small, name, WEB)
    return Rendered(full, web, encode(tiny, name, THUMB), name, *large.size, 1, dhash(tiny))


def _moving(picture: Image.Image, count: int, format_in: str) -> Rendered:
    frames, timing = animation.read_frames(picture, count, format_in)
    if len(frames) == 1:
        # An animation of one frame is a still.
        return still(frames[0], best_format(frames[0], format_in))
    return moving(frames, timing, animation.FORMAT[format_in])


def moving(frames: list[Image.Image], timing: Timing, name: str) -> Rendered:
    """The copies of an animation in the format `name`."""
    full = encode_frames(frames, name, timing, FULL)
    small = [shrink(frame, WEB_SIDE) for frame in frames]
    web = full if small[0] is frames[0] else encode_frames(small, name, timing, WEB)
    tiny = shrink(small[0], THUMB_SIDE)
    return Rendered(full, web, encode(tiny, name, THUMB), name, *frames[0].size, len(frames), dhash(tiny))


def still(frame: Image.Image, name: str) -> Rendered:
    """The copies of a picture that is upright and in sRGB, in the format `name`."""
    small = shrink(frame, WEB_SIDE)
    tiny = shrink(small, THUMB_SIDE)
    copies = (encode(frame, name, FULL), encode(small, name, WEB), encode(tiny, name, THUMB))
    return Rendered(*copies, name, *frame.size, 1, dhash(tiny))
