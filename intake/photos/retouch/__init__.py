"""Redaction and crop of a clean photo. Nothing here imports Pillow until a photo is retouched."""

from dataclasses import asdict, dataclass

from intake.photos.identify import HEAD_BYTES, sniff
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
    """Apply an edit to `whole`, the uncropped full copy. An empty edit returns `whole` as the full copy. Raises
    PhotoRefused.

    As in `clean_photo`, a child decodes the picture and the parent verifies the result.
    """
    from intake.photos import proof, sandboxed
    from intake.photos.answers import RETOUCH

    answer, blobs = sandboxed.run(RETOUCH, whole, limits=limits, change=asdict(change))
    proof.prove(RETOUCH, blobs, (answer.width, answer.height), sniff(whole[:HEAD_BYTES]) or "")
    full, web, thumb, *further = blobs
    return Retouched(
        base=_base(whole, change, further),
        full=full if change.marks or change.crop else whole,
        web=web,
        thumb=thumb,
        width=answer.width,
        height=answer.height,
    )


def _base(whole: bytes, change: PhotoEdit, further: list[bytes]) -> bytes | None:
    """Uncropped picture to keep, or None. Raises PhotoRefused if the child sent the wrong number of copies."""
    painted = change.crop is not None and bool(change.marks)
    if len(further) != painted:
        raise PhotoRefused("not_proven_clean", "the number of copies")
    if painted:
        return further[0]
    return whole if change.crop else None
