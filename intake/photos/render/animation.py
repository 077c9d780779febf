"""Animations: every frame as it is seen, and how long."""

from PIL import Image

from intake.photos.render.colour import to_srgb
from intake.photos.render.encoding import Timing
from intake.photos.render.normalization import bare, to_eight_bits, turn, turn_needed

FORMAT = {"gif": "gif", "webp": "webp", "png": "png", "avif": "webp"}
"""Format in → format out."""

_TENTH = 100
"""Milliseconds a frame where the file gives none, as browsers do."""


def read_frames(picture: Image.Image, count: int, format_in: str) -> tuple[list[Image.Image], Timing]:
    """Frames upright, in sRGB, of one mode, and their timing. The picture is consumed."""
    profile = picture.info.get("icc_profile")
    # A still shown where animation is not understood is no frame of it.
    first = 1 if getattr(picture, "default_image", False) else 0
    frames, durations = [], []
    for index in range(first, count):
        picture.seek(index)
        picture.load()
        how = turn_needed(picture, format_in)
        frames.append(turn(bare(to_srgb(to_eight_bits(picture.copy()), profile)), how))
        durations.append(round(float(picture.info.get("duration") or _TENTH)))
    return _alike(frames), Timing(durations, picture.info.get("loop"))


def _alike(frames: list[Image.Image]) -> list[Image.Image]:
    """All with alpha if one has it: encoders take the first frame's mode for every frame's."""
    mode = "RGBA" if any(frame.mode == "RGBA" for frame in frames) else "RGB"
    return [frame if frame.mode == mode else frame.convert(mode) for frame in frames]
