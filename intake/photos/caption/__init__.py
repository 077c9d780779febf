"""Caption and credit written into a clean picture, because an editor asked for it: those two words, nothing else.

The bytes around the picture are ours and proven, so its pixels need not be decoded: a block is put in between.
"""

from collections.abc import Callable

from intake.photos.caption.gif import gif
from intake.photos.caption.jpeg import jpeg
from intake.photos.caption.png import png
from intake.photos.caption.webp import webp
from intake.photos.caption.words import Words

__all__ = ["Words", "embed"]

_WRITERS: dict[str, Callable[[bytes, Words], bytes]] = {"jpeg": jpeg, "png": png, "webp": webp, "gif": gif}


def embed(data: bytes, format: str, words: Words) -> bytes:  # noqa: A002 - the column's own word
    """A clean copy with the words in it; the same bytes where there are none. KeyError for another format."""
    return _WRITERS[format](data, words) if words.caption or words.credit else data
