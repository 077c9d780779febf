"""Places of photos in a text: `<figure id="photo-…"></figure>`, a block of its own between other blocks.

Only editors make placements, on the desk. The cleaning of contributors' texts and of pasted HTML drops them like any
other `<figure>`.
The `id` holds the id of the photo, so that a placement stays valid when the photos are reordered.
"""

import re
import uuid
from collections.abc import Callable, Collection, Iterator

from intake.text.html.tags import BLOCKS, BOXES, LEAVES

TAG = "figure"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ID = re.compile(f"photo-({_UUID})")
_PLACEMENT = re.compile(f'<figure id="photo-({_UUID})"></figure>')
_ANY_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = frozenset({"br", "hr"})
_KNOWN = frozenset({"hr", *BLOCKS, *BOXES, *LEAVES})


def mark(photo: uuid.UUID) -> str:
    """Return the placement of a photo."""
    return f'<figure id="photo-{photo}"></figure>'


def is_name(name: str) -> bool:
    """Return whether an `id` attribute names a photo."""
    return ID.fullmatch(name) is not None


def photo_of(block: str) -> uuid.UUID | None:
    """Return the id of the photo if a block is a placement, else None."""
    found = _PLACEMENT.fullmatch(block)
    return uuid.UUID(found[1]) if found else None


def placed(html: str) -> list[uuid.UUID]:
    """Ids of the photos that are placed in a cleaned text, in order."""
    return [uuid.UUID(name) for name in _PLACEMENT.findall(html)]


def without(html: str) -> str:
    """Cleaned text without its placements."""
    return _PLACEMENT.sub("", html)


def only(html: str, photos: Collection[uuid.UUID]) -> str:
    """Cleaned text that keeps the first placement of each of `photos`, and no other placements."""
    left = set(photos)

    def first(photo: uuid.UUID) -> str:
        if photo not in left:
            return ""
        left.discard(photo)
        return mark(photo)

    return filled(html, first)


def filled(html: str, written: Callable[[uuid.UUID], str]) -> str:
    """Cleaned text in which each placement is replaced by the HTML that `written` returns for its photo."""
    return _PLACEMENT.sub(lambda found: written(uuid.UUID(found[1])), html)


def parts(html: str) -> Iterator[tuple[str, uuid.UUID | None]]:
    """Split a text at its placements, into pairs of HTML and the photo placed after it. The last photo is None."""
    split = _PLACEMENT.split(html)
    photos = [uuid.UUID(name) for name in split[1::2]]
    return zip(split[::2], [*photos, None], strict=True)


def blocks(html: str) -> list[str]:
    """Top-level blocks of cleaned HTML, including placements. Joining them gives the same HTML."""
    found: list[str] = []
    depth, start = 0, 0
    for tag in _ANY_TAG.finditer(html):
        if depth == 0 and tag.start() > start and tag[2] in _KNOWN:
            found.append(html[start : tag.start()])
            start = tag.start()
        if tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
        if depth == 0 and tag[2] in _KNOWN:
            found.append(html[start : tag.end()])
            start = tag.end()
    return [*found, html[start:]] if html[start:] else found


def are_apart(html: str) -> bool:
    """Return whether each placement of a text is a top-level block."""
    return sum(photo_of(block) is not None for block in blocks(html)) == html.count(f"<{TAG}")
