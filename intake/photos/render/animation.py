"""Reading of animations: frames and timing."""

from PIL import Image

from intake.photos.render import colour_key, signals
from intake.photos.render.colour import to_srgb
from intake.photos.render.encoding import Timing
from intake.photos.render.normalization import needed_transpose, strip_metadata, to_eight_bits, transpose

FORMAT = {"gif": "gif", "webp": "webp", "png": "png", "avif": "webp"}
"""Input format → output format."""

_TENTH = 100
"""Milliseconds per frame if the file gives no duration. Browsers use the same value."""


def read_frames(
    picture: Image.Image, data: bytes, count: int, format_in: str
) -> tuple[list[Image.Image], Timing]:
    """Frames with their timing, all upright, in sRGB and in one mode. Seeks through `picture` to its end."""
    profile = picture.info.get("icc_profile")
    named = signals.read(data, format_in, picture.info)
    # Skip the default image, which is shown only where animation is not supported.
    first = 1 if getattr(picture, "default_image", False) else 0
    frames, durations = [], []
    for index in range(first, count):
        picture.seek(index)
        picture.load()
        how = needed_transpose(picture, format_in)
        alpha = colour_key.alpha(picture, data, format_in)
        seen = colour_key.with_alpha(to_srgb(to_eight_bits(picture.copy()), profile, named), alpha)
        frames.append(transpose(strip_metadata(seen), how))
        durations.append(round(float(picture.info.get("duration") or _TENTH)))
    return _alike(frames), Timing(durations, picture.info.get("loop"))


def _alike(frames: list[Image.Image]) -> list[Image.Image]:
    """Give all frames an alpha channel if one has it, because encoders use the first frame's mode."""
    mode = "RGBA" if any(frame.mode == "RGBA" for frame in frames) else "RGB"
    return [frame if frame.mode == mode else frame.convert(mode) for frame in frames]
