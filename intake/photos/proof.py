"""Verification of the copies that a child made: clean, all of the stated format, and of the stated sizes.

A compromised child cannot be trusted to verify its own output, so the parent does.
"""

from typing import Any

from intake.photos.identify import sniff
from intake.photos.limits import MAX_FRAMES, THUMB_SIDE, WEB_SIDE
from intake.photos.refusal import PhotoRefused
from intake.photos.verify import verify
from intake.photos.verify.size import size
from intake.sandbox import answers
from intake.sandbox.task import ChildTask

_HEAD = 64 * 1024
_PIXEL = 8
"""Bytes per pixel that a copy may have, beside _HEAD for headers. Noise with alpha takes four bytes a pixel as a PNG."""


def prove(
    task: ChildTask[Any], blobs: list[bytes], whole: tuple[int, int], name: str, frames: int = MAX_FRAMES
) -> None:
    """Verify the files that a child returned: the copies full, web and thumb, and any others after them.

    Each must be proven clean, have the format `name`, and not be larger than `frames` uncompressed pictures of its size.
    The copy full must have the size `whole` (width, height). Raises PhotoRefused.
    """
    for blob in blobs:
        violations = verify(blob)
        if violations:
            raise PhotoRefused("not_proven_clean", str(violations[0]))
    sizes = _sizes(blobs)
    full, web, thumb = sizes[:3] if len(sizes) >= 3 else [(0, 0)] * 3
    if any(sniff(blob) != name for blob in blobs):
        raise _refuse(task, "another format")
    if full != whole or max(web) > WEB_SIDE or max(thumb) > THUMB_SIDE:
        raise _refuse(task, "another size")
    for blob, (width, height) in zip(blobs, sizes, strict=True):
        if len(blob) > frames * (_HEAD + _PIXEL * width * height):
            raise _refuse(task, "more bytes than pixels")


def _sizes(blobs: list[bytes]) -> list[tuple[int, int]]:
    try:
        return [size(blob) for blob in blobs]
    except (IndexError, ValueError):
        return []


def _refuse(task: ChildTask[Any], why: str) -> PhotoRefused:
    return PhotoRefused("not_proven_clean", answers.refuse(task, why).detail)
