"""Photos: told by their bytes, re-encoded in a sandbox, and proven to carry nothing but the picture.

Nothing here imports Pillow until a photo is cleaned, so the web process may import this package.
"""

from dataclasses import dataclass
from typing import Any

from intake.photos.limits import MAX_BYTES, Limits
from intake.photos.refusal import REASONS, PhotoRefused

__all__ = ["REASONS", "CleanPhoto", "Limits", "PhotoRefused", "clean_photo"]


@dataclass(frozen=True)
class CleanPhoto:
    """Three copies of one picture, each proven clean, all of the same format."""

    full: bytes
    web: bytes
    """At most 1,600 pixels on the longer side."""
    thumb: bytes
    """At most 320 pixels, and always still."""
    format: str
    """jpeg, png, webp or gif"""
    format_in: str
    """jpeg, png, webp, gif, tiff, heif or avif"""
    width: int
    height: int
    """Of the full copy, upright."""
    frames: int
    dhash: str
    """64-bit difference hash of what is seen, as 16 hex digits."""
    removed: dict[str, int]
    """What the original carried and the copies do not: kind → count, kinds as in `words`."""


def clean_photo(data: bytes, *, limits: Limits | None = None) -> CleanPhoto:
    """The photo without anything that could give its maker away. Raise PhotoRefused.

    A child parses the stranger's bytes. The proof is made here, outside it, over the bytes that came back: a child that
    was taken over cannot vouch for itself.
    """
    from intake.photos import child, sandbox

    if not data:
        raise PhotoRefused("empty")
    if len(data) > MAX_BYTES:
        raise PhotoRefused("too_large")
    sandbox.prepare()
    header, blobs = sandbox.run(child.clean, data, limits=limits)
    return _proven(header, blobs)


def _proven(header: dict[str, Any], blobs: list[bytes]) -> CleanPhoto:
    """The child's answer as a CleanPhoto, once every copy has been held against the allow-list."""
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
    """The fields of a header in their proper types. Raise TypeError, ValueError or KeyError."""
    from intake.photos.metadata_report import KINDS

    return {
        "format": {"jpeg": "jpeg", "png": "png", "webp": "webp", "gif": "gif"}[header["format"]],
        "format_in": str(header["format_in"])[:8],
        "width": int(header["width"]),
        "height": int(header["height"]),
        "frames": int(header["frames"]),
        "dhash": f"{int(header['dhash'], 16):016x}",
        "removed": {kind: int(count) for kind, count in header["removed"].items() if kind in KINDS},
    }
