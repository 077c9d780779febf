"""Task that the sandboxed child runs to look for faces, with the model YuNet in OpenCV.

The photo is searched upright and turned by 90 degrees to either side, because people may lie. On 15 test pictures
laid on their side, the model alone found 4 faces, and in the best of four turns 26.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from intake.photos import child, pictures
from intake.photos.faces import MOST_FACES, WHOLE
from intake.photos.identify import identify
from intake.photos.render import decoding
from intake.photos.render.backdrop import on_white
from intake.photos.render.normalization import to_eight_bits

MODEL = Path(__file__).parent / "face_detection_yunet_2023mar.onnx"
LONGEST_SIDE = 1600
"""Pixels on the longer side of the searched picture. At 640 pixels, the faces of a crowd were no longer found."""

THRESHOLD = 0.3
"""Lowest score of a suggestion, from 0 to 1. A false positive costs a glance. A missed face may expose a person."""

GROWTH = 0.3
"""Share by which a suggested area is enlarged, because the model's area ends at chin and forehead."""

OVERLAP = 0.3
"""Minimum intersection over union at which two areas count as one face."""

CANDIDATES = 500
SMALLEST = 4
"""Pixels of the shorter side below which an area is left out."""

Box = tuple[float, float, float, float]
Found = tuple[float, Box]
"""Score, and left, top, width and height in pixels of the upright picture."""

# Turn in degrees → code of OpenCV.
CODES = {0: None, 90: cv2.ROTATE_90_CLOCKWISE, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def prepare() -> None:
    """Load codecs and model once, so that each forked child has them in memory."""
    child.prepare()
    # The sandbox limits the CPU time of a child, and threads would use it up faster.
    cv2.setNumThreads(1)
    _model()


@cache
def _model() -> bytes:
    return MODEL.read_bytes()


def search(data: bytes, *, turns: Sequence[int]) -> tuple[dict[str, Any], list[bytes]]:
    """Return possible faces of a photo as lists of x, y, width and height, in units of WHOLE. `turns` are in degrees."""
    warnings.simplefilter("ignore")
    picture = _decoded(data)
    pixels = np.asarray(picture)[:, :, ::-1]
    found = [one for turn in turns for one in _in_turn(pixels, turn)]
    areas = [_grown(box, picture.size) for _, box in _distinct(found)[:MOST_FACES]]
    return {"faces": sorted(areas, key=lambda area: (area[1], area[0]))}, []


def _decoded(data: bytes) -> Image.Image:
    """First frame of a clean copy as RGB, at most LONGEST_SIDE pixels on its longer side."""
    opened = decoding.open_picture(pictures.choose(data, identify(data)))
    opened.load()
    picture = on_white(to_eight_bits(opened.picture)).convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def _in_turn(pixels: "np.typing.NDArray[np.uint8]", turn: int) -> Iterator[Found]:
    """Faces in the picture turned clockwise by `turn` degrees, in pixels of the upright picture."""
    code = CODES[turn]
    turned = np.ascontiguousarray(pixels if code is None else cv2.rotate(pixels, code))
    height, width = turned.shape[:2]
    model = np.frombuffer(_model(), np.uint8)
    detector = cv2.FaceDetectorYN.create(
        "onnx", model, np.empty(0, np.uint8), (width, height), THRESHOLD, OVERLAP, CANDIDATES
    )
    _, rows = detector.detect(turned)
    for row in () if rows is None else rows.tolist():
        yield row[-1], upright((row[0], row[1], row[2], row[3]), turn, pixels.shape[1], pixels.shape[0])


def upright(box: Box, turn: int, width: int, height: int) -> Box:
    """Area in the upright picture, from one in the picture turned clockwise by `turn`.

    `width` and `height` are those of the upright picture.
    """
    left, top, wide, high = box
    if turn == 90:
        return top, height - left - wide, high, wide
    if turn == 270:
        return width - top - high, left, high, wide
    return box


def _distinct(found: Iterable[Found]) -> list[Found]:
    """Areas without those that mostly cover one of a higher score, the highest score first."""
    kept: list[Found] = []
    for score, box in sorted(found, reverse=True):
        if min(box[2:]) >= SMALLEST and all(common(box, other) <= OVERLAP for _, other in kept):
            kept.append((score, box))
    return kept


def common(one: Box, other: Box) -> float:
    """Intersection over union of two areas."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if min(wide, high) <= 0:
        return 0.0
    shared = wide * high
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def _grown(box: Box, size: tuple[int, int]) -> list[int]:
    """Area grown by GROWTH, clipped to the picture, in units of WHOLE."""
    x, width = _grown_span(box[0], box[2], size[0])
    y, height = _grown_span(box[1], box[3], size[1])
    return [x, y, width, height]


def _grown_span(start: float, length: float, most: int) -> tuple[int, int]:
    first = (start - length * GROWTH / 2) / most * WHOLE
    end = (start + length * (1 + GROWTH / 2)) / most * WHOLE
    begin = min(WHOLE - 1, max(0, int(first)))
    return begin, max(1, min(WHOLE, -int(-end // 1)) - begin)
