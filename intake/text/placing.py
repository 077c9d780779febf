"""Put photos into a text, and carry their places over to another version of the text."""

import uuid

from intake.text.compare.align import align
from intake.text.compare.engine import Deadline
from intake.text.compare.passages import Passage, TextToken, passages
from intake.text.display import excerpt
from intake.text.html import placements

_NOTES = '<ol><li id="note-'
_BLOCK_WORDS = 60
"""Maximum number of characters that name a block in a list of places."""


def put(html: str, photo: uuid.UUID, after: int) -> str:
    """Place a photo behind the block number `after` of a cleaned text, counted from 1 without placements.

    0 is the beginning. The photo leaves its earlier place. A number behind the last block is the end of the text, which
    is before its footnotes.
    """
    found = [block for block in placements.blocks(html) if placements.photo_of(block) != photo]
    ends = [place for place, block in enumerate(found, start=1) if placements.photo_of(block) is None]
    if ends and found[ends[-1] - 1].startswith(_NOTES):
        del ends[-1]
    place = 0 if after <= 0 or not ends else ends[min(after, len(ends)) - 1]
    return "".join([*found[:place], placements.mark(photo), *found[place:]])


def taken_out(html: str, photo: uuid.UUID) -> str:
    """Cleaned text without the placement of a photo."""
    return placements.filled(html, lambda one: "" if one == photo else placements.mark(one))


def places(html: str) -> list[str]:
    """Return the beginning of each block behind which a photo can be placed, in order. A rule has no words."""
    found = [block for block in placements.blocks(html) if placements.photo_of(block) is None]
    if found and found[-1].startswith(_NOTES):
        del found[-1]
    return [excerpt(block, _BLOCK_WORDS) for block in found]


def carried(before: str, after: str) -> str:
    """Return the cleaned text `after` with the placements of `before`, each behind the block that it followed there.

    `after` has no placements: a contributor wrote it. If the block is gone, the photo follows the block before it.
    """
    if not placements.placed(before):
        return after
    old, new = placements.blocks(before), placements.blocks(after)
    behind = _successors([block for block in old if placements.photo_of(block) is None], new)
    places: dict[int, list[str]] = {}
    number = 0
    for block in old:
        if placements.photo_of(block) is None:
            number += 1
        else:
            places.setdefault(behind[number], []).append(block)
    written = [*places.get(0, [])]
    for place, block in enumerate(new, start=1):
        written += [block, *places.get(place, [])]
    return "".join(written)


def _successors(old: list[str], new: list[str]) -> list[int]:
    """For each number of leading blocks of `old`, the number of leading blocks of `new` that correspond."""
    found, here = [0], 0
    before, after = list(map(_as_passage, old)), list(map(_as_passage, new))
    for one, other in align(before, after, Deadline()):
        here += other is not None
        if one is not None:
            found.append(here)
    return found


def _as_passage(block: str) -> Passage:
    """Return a block as one passage of words without formatting, for a comparison of two texts.

    A contributor's later text has lost the formatting, so only the words show which blocks correspond.
    """
    return Passage("p", (), tuple(TextToken(token.text) for one in passages(block) for token in one.tokens))
