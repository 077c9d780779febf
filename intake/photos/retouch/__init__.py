"""Changing a clean photo as an editor asks: pixels destroyed, edges cut off. Nothing here imports Pillow until it is done."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from intake.photos.limits import Limits
from intake.photos.refusal import PhotoRefused
from intake.photos.retouch.marks import HOWS, SHAPES, Area, Mark, PhotoEdit

__all__ = ["HOWS", "SHAPES", "Area", "Mark", "PhotoEdit", "Retouched", "retouch_photo"]

LIMITS = Limits(cpu_seconds=40, wall_seconds=90.0)
"""More time than for a stranger's file: this one we wrote ourselves, and a large PNG is written twice."""


@dataclass(frozen=True)
class Retouched:
    """The copies anew, each proven clean; `base` is the whole where they were cut from it, else None."""

    base: bytes | None
    full: bytes
    web: bytes
    thumb: bytes
    width: int
    height: int
    dhash: str


def retouch_photo(whole: bytes, change: PhotoEdit, *, limits: Limits = LIMITS) -> Retouched:
    """`whole` is the uncropped full copy. What is not changed is not encoded again. Raise PhotoRefused.

    As in `clean_photo` a child decodes, and the proof is made outside it.
    """
    from intake.photos import sandbox
    from intake.photos.retouch.child import retouch

    sandbox.prepare()
    header, blobs = sandbox.run(partial(retouch, change=change), whole, limits=limits)
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
    """Raise ValueError where the child sent not what it should."""
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
        "dhash": f"{int(header['dhash'], 16):016x}",
    }
