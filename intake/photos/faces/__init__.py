"""Suggestions where faces may be in a clean photo. They need the optional extra `transom[faces]`.

Faces are located, never recognized. Nothing here imports OpenCV or Pillow until a worker looks for faces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from intake.sandbox.limits import MB, Limits

__all__ = ["MOST_FACES", "TURNS", "WHOLE", "FacesUnavailable", "PossibleFace", "find_faces", "is_installed"]

WHOLE = 10_000
"""Width and height of every photo in the unit of `PossibleFace`, 0.01 % of the width or height."""

MOST_FACES = 60
"""Maximum number of suggestions. A redaction has as many marks at most."""

TURNS = (0, 90, 270)
"""Degrees by which the photo is turned clockwise, one search each, to find the faces of people who lie down."""

LIMITS = Limits(memory_bytes=640 * MB, cpu_seconds=30, wall_seconds=90.0, answer_bytes=64 * 1024)


class FacesUnavailable(Exception):
    """This process has no OpenCV: the extra `transom[faces]` is not installed."""


@dataclass(frozen=True)
class PossibleFace:
    """Area of a photo that may show a face, as integers on a scale where the whole photo is WHOLE by WHOLE."""

    x: int
    y: int
    width: int
    height: int

    @property
    def percent(self) -> dict[str, float]:
        """Left, top, width and height in percent of the photo, with two decimals at most."""
        return {name: value * 100 / WHOLE for name, value in vars(self).items()}


def is_installed() -> bool:
    """Return whether the extra `transom[faces]` is installed. Imports nothing."""
    return find_spec("cv2") is not None


def find_faces(data: bytes, *, turns: Sequence[int] = TURNS, limits: Limits = LIMITS) -> list[PossibleFace]:
    """Return at most MOST_FACES possible faces in a clean photo, from top to bottom.

    A sandboxed child decodes the photo and runs the model. The parent checks each number of its answer.
    Of an animation, only the first frame is searched. Raises PhotoRefused, and FacesUnavailable without the extra.
    """
    if not is_installed():
        raise FacesUnavailable
    from intake.photos import sandboxed
    from intake.photos.answers import FACES

    answer, _ = sandboxed.run(FACES, data, limits=limits, turns=list(turns))
    return [PossibleFace(*face) for face in answer.faces]


def is_area(face: object) -> bool:
    """Return whether `face` is a list of integers x, y, width and height of an area inside the photo."""
    if not isinstance(face, list) or len(face) != 4:
        return False
    # `isinstance` would let True through.
    numbers: list[int] = [number for number in face if type(number) is int]
    if len(numbers) < 4:
        return False
    x, y, width, height = numbers
    return min(x, y) >= 0 and min(width, height) > 0 and x + width <= WHOLE and y + height <= WHOLE
