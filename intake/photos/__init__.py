"""Photo cleaning: identify by content, re-encode in a sandbox, and verify that only the picture is left.

Nothing here imports Pillow until a photo is cleaned or a receipt is drawn, so the web process may import this package.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.photos.limits import MAX_BYTES, MAX_PAGES
from intake.photos.notes import Notes
from intake.photos.refusal import REASONS, PhotoRefused
from intake.photos.removed import Summary
from intake.sandbox.limits import Limits

if TYPE_CHECKING:
    from intake.photos.answers import CleanedAnswer

__all__ = ["REASONS", "CleanPhoto", "PhotoRefused", "clean_photo"]


@dataclass(frozen=True)
class CleanPhoto:
    """Three copies of one picture in the same format, each verified."""

    full: bytes
    web: bytes
    """At most 1,600 pixels on the longer side."""
    thumb: bytes
    """At most 320 pixels on the longer side, never animated."""
    format: str
    """Format of the copies: jpeg, png, webp or gif."""
    format_in: str
    """Format of the original: jpeg, png, webp, gif, tiff, heif or avif."""
    width: int
    height: int
    """Size of the full copy in pixels, upright."""
    frames: int
    removed: Summary
    """Summary of the original's metadata that the copies do not have."""
    notes: Notes
    """Facts about the file and the kept picture, for contributor and editor."""


def clean_photo(
    data: bytes,
    *,
    page: int = 1,
    max_pages: int | None = None,
    max_side: int | None = None,
    limits: Limits | None = None,
) -> CleanPhoto:
    """Re-encode a photo without metadata. Raises PhotoRefused.

    `page` is a page of a TIFF file of several pages, from 1. The note `page` tells how many there are. A file of
    more than `max_pages` is refused.
    `max_side` is the maximum length of the full copy's longer side in pixels. None: the full copy is as large as the
    picture.

    A sandboxed child parses the file. The parent verifies the returned bytes, because a compromised child cannot be
    trusted to verify its own output.
    """
    from intake.photos import sandboxed
    from intake.photos.answers import CLEAN

    if not data:
        raise PhotoRefused("empty")
    if len(data) > MAX_BYTES:
        raise PhotoRefused("too_large")
    answer, blobs = sandboxed.run(
        CLEAN, data, limits=limits, page=page, max_pages=max_pages, max_side=max_side
    )
    photo = _proven(answer, blobs)
    if not _is_page(photo.notes.get("page", [page, 1]), page, max_pages or MAX_PAGES):
        raise PhotoRefused("not_proven_clean", "the number of pages")
    return photo


def _is_page(told: list[int], page: int, most: int) -> bool:
    """Return whether the child's answer is about the page that was asked for, of at most `most` pages.

    Every further page is stored as a photo of its own, so a compromised child could fill the disk.
    """
    number, total = told
    return number == page and total <= most


def _proven(answer: "CleanedAnswer", blobs: list[bytes]) -> CleanPhoto:
    """Build a CleanPhoto from the child's answer, after every copy passed `prove`. Raises PhotoRefused."""
    from intake.photos import proof
    from intake.photos.answers import CLEAN

    proof.prove(CLEAN, blobs, (answer.width, answer.height), answer.format, answer.frames)
    full, web, thumb = blobs
    return CleanPhoto(
        full,
        web,
        thumb,
        format=answer.format,
        format_in=answer.format_in,
        width=answer.width,
        height=answer.height,
        frames=answer.frames,
        removed=answer.removed,
        notes=answer.notes.notes(),
    )
