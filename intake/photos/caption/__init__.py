"""Embedding of caption and credit in a clean photo, if an editor asks for it. Nothing else is embedded.

Transom itself wrote and verified the clean file, so blocks are inserted without decoding its pixels.
"""

from collections.abc import Callable

from intake.photos.caption.insertion import gif, jpeg, png, webp
from intake.photos.caption.metadata import CaptionCredit

__all__ = ["CaptionCredit", "embed"]

_WRITERS: dict[str, Callable[[bytes, CaptionCredit], bytes]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "gif": gif,
}


def embed(data: bytes, format: str, words: CaptionCredit) -> bytes:  # noqa: A002 - named like the column
    """Embed caption and credit in a clean copy.

    Returns `data` if both are empty. Raises KeyError for an unknown format.
    """
    return _WRITERS[format](data, words) if words.caption or words.credit else data
