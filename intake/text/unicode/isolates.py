"""Directional isolates (U+2066–2069): which of them hold right-to-left text apart, and which only reorder."""

import re
from collections.abc import Iterator

from intake.text.unicode import tables

ISOLATES = "\u2066\u2067\u2068"
POP = "\u2069"
DEPTH = 2
_ANY = re.compile(f"[{ISOLATES}{POP}]")
_PARAGRAPH = re.compile("[^\n\u2028]+")
_VISIBLE = re.compile(rf"[^\s{ISOLATES}{POP}\U000e0000-\U000e0fff{tables.char_class('default_ignorable')}]")


def is_right_to_left(paragraph: str) -> bool:
    """Whether there is a letter that is strongly right to left."""
    return not tables.points("right_to_left").isdisjoint(paragraph)


def superfluous(text: str) -> list[int]:
    """Positions of the isolates that do not set right-to-left text apart.

    They stand in a paragraph without such text, are not closed (or close nothing), lie deeper than two, or hold
    nothing that can be seen.
    """
    if not _ANY.search(text):
        return []
    return [place for found in _PARAGRAPH.finditer(text) for place in _in_paragraph(found)]


def _in_paragraph(found: re.Match[str]) -> Iterator[int]:
    places = [match.start() for match in _ANY.finditer(found.string, found.start(), found.end())]
    if places:
        kept = _kept(found.string, places) if is_right_to_left(found.group()) else frozenset()
        yield from (place for place in places if place not in kept)


def _kept(text: str, places: list[int]) -> frozenset[int]:
    pairs = sorted(_pairs(text, places))
    kept: set[int] = set()
    ends: list[int] = []
    seen = -1
    for start, end in pairs:
        while ends and ends[-1] < start:
            ends.pop()
        # The next visible character is looked for from where the last search ended: once over the text in all.
        seen = _next_visible(text, start) if seen < start else seen
        if len(ends) < DEPTH and seen < end:
            ends.append(end)
            kept |= {start, end}
    return frozenset(kept)


def _pairs(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    waiting: list[int] = []
    for place in places:
        if text[place] != POP:
            waiting.append(place)
        elif waiting:
            yield waiting.pop(), place


def _next_visible(text: str, start: int) -> int:
    found = _VISIBLE.search(text, start)
    return found.start() if found else len(text)
