"""Everything that is known of a piece and may be printed, as data."""

from typing import Any

from intake.queries.accepted import Accepted, Image


def facts(piece: Accepted) -> dict[str, Any]:
    """The document `piece.json`. Of times only that of publication: others would say when an editor worked."""
    return {
        "id": str(piece.id),
        "title": piece.title,
        "revision": piece.revision,
        "words": piece.words,
        "language": piece.language,
        "section": piece.section,
        "region": piece.region,
        "tags": piece.tags,
        "name_to_print": piece.print_name,
        "consent_version": piece.consent_version,
        "published_at": piece.published_at.isoformat() if piece.published_at else None,
        "published_url": piece.published_url,
        "photos": [_photo(image) for image in piece.images],
    }


def _photo(image: Image) -> dict[str, Any]:
    return {
        "file": image.file,
        "caption": image.caption,
        "credit": image.credit,
        "alt": image.alt,
        "width": image.width,
        "height": image.height,
    }
