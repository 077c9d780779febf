"""Photo cleaning: identify by content, re-encode in a sandbox, and verify that only the picture is left.

Nothing here imports Pillow until a photo is cleaned or a receipt is drawn, so the web process may import this package.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from intake.photos import notes, removed
from intake.photos.limits import MAX_BYTES, MAX_PAGES
from intake.photos.notes import Notes
from intake.photos.refusal import REASONS, PhotoRefused
from intake.photos.removed import Summary
from intake.sandbox.limits import Limits

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
    from intake.photos import child

    if not data:
        raise PhotoRefused("empty")
    if len(data) > MAX_BYTES:
        raise PhotoRefused("too_large")
    task = partial(child.clean, page=page, max_pages=max_pages, max_side=max_side)
    header, blobs = child.run(task, data, limits=limits)
    photo = _proven(header, blobs)
    if not _is_page(photo.notes.get("page", [page, 1]), page, max_pages or MAX_PAGES):
        raise PhotoRefused("not_proven_clean", "the number of pages")
    return photo


def _is_page(told: list[int], page: int, most: int) -> bool:
    """Return whether the child's answer is about the page that was asked for, of at most `most` pages.

    Every further page is stored as a photo of its own, so a compromised child could fill the disk.
    """
    number, total = told
    return number == page and total <= most


def _proven(header: dict[str, Any], blobs: list[bytes]) -> CleanPhoto:
    """Build a CleanPhoto from the child's answer, after every copy passed `verify`. Raises PhotoRefused."""
    from intake.photos.verify import verify

    for blob in blobs:
        violations = verify(blob)
        if violations:
            raise PhotoRefused("not_proven_clean", str(violations[0]))
    try:
        full, web, thumb = blobs
        return CleanPhoto(full, web, thumb, **_checked(header))
    except (TypeError, ValueError, KeyError):
        raise PhotoRefused("not_proven_clean", "the child's answer") from None


def _checked(header: dict[str, Any]) -> dict[str, Any]:
    """Convert the fields of the child's header to their types. Raises TypeError, ValueError or KeyError."""
    return {
        "format": {"jpeg": "jpeg", "png": "png", "webp": "webp", "gif": "gif"}[header["format"]],
        "format_in": str(header["format_in"])[:8],
        "width": notes.number(header["width"]),
        "height": notes.number(header["height"]),
        "frames": notes.number(header["frames"]),
        "removed": removed.checked(header["removed"]),
        "notes": notes.checked(header["notes"]),
    }
