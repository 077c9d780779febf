"""Redaction and crop of a clean photo. Nothing here imports Pillow until a photo is retouched."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from intake.photos.refusal import PhotoRefused
from intake.photos.retouch.marks import HOWS, SHAPES, Area, Mark, PhotoEdit
from intake.sandbox.limits import Limits

__all__ = ["HOWS", "SHAPES", "Area", "Mark", "PhotoEdit", "Retouched", "retouch_photo"]

LIMITS = Limits(cpu_seconds=40, wall_seconds=90.0)
"""Higher than for an untrusted file: Transom wrote this file, and a large PNG is encoded twice."""


@dataclass(frozen=True)
class Retouched:
    """New copies, each verified. `base` is the uncropped picture if the edit has a crop, otherwise None."""

    base: bytes | None
    full: bytes
    web: bytes
    thumb: bytes
    width: int
    height: int


def retouch_photo(whole: bytes, change: PhotoEdit, *, limits: Limits = LIMITS) -> Retouched:
    """Apply an edit to `whole`, the uncropped full copy. Unchanged copies are not encoded again. Raises
    PhotoRefused.

    As in `clean_photo`, a child decodes the picture and the parent verifies the result.
    """
    from intake.photos import child
    from intake.photos.retouch.child import retouch

    header, blobs = child.run(partial(retouch, change=change), whole, limits=limits)
    _prove(blobs)
    try:
        full, web, thumb, *further = blobs
        return Retouched(
            base=_base(whole, change, further),
            full=full if change.marks or change.crop else whole,
            web=web,
            thumb=thumb,
            **_checked(header),
        )
    except (TypeError, ValueError, KeyError):
        raise PhotoRefused("not_proven_clean", "the child's answer") from None


def _base(whole: bytes, change: PhotoEdit, further: list[bytes]) -> bytes | None:
    """Uncropped picture to keep, or None. Raises ValueError if the child sent the wrong number of blobs."""
    if change.crop and change.marks:
        (painted,) = further
        return painted
    if further:
        raise ValueError
    return whole if change.crop else None


def _prove(blobs: list[bytes]) -> None:
    from intake.photos.verify import verify

    for blob in blobs:
        violations = verify(blob)
        if violations:
            raise PhotoRefused("not_proven_clean", str(violations[0]))


def _checked(header: dict[str, Any]) -> dict[str, Any]:
    return {
        "width": int(header["width"]),
        "height": int(header["height"]),
    }
