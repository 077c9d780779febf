"""Find directional isolates (U+2066–2069) that a text does not need.

Isolates between texts of two directions are needed. Others have no effect, or only reorder the displayed text.
"""

import re
from collections.abc import Iterator

from intake.text.unicode import directions, tables

ISOLATES = "\u2066\u2067\u2068"
POP = "\u2069"
DEPTH = 2
# Maximum length of an isolate whose direction is compared. The limit keeps nested isolates linear.
SHORT = 200
_ALL = ISOLATES + POP
_ANY = re.compile(f"[{_ALL}]")
_PARAGRAPH = re.compile("[^\n\u2028]+")
_VISIBLE = re.compile(rf"[^\s{ISOLATES}{POP}\U000e0000-\U000e0fff{tables.char_class('default_ignorable')}]")


def is_right_to_left(paragraph: str) -> bool:
    """Return whether the paragraph contains a strongly right-to-left letter."""
    return not tables.points("right_to_left").isdisjoint(paragraph)


def superfluous_isolates(text: str) -> list[int]:
    """Positions of isolates that serve no right-to-left text.

    All isolates of a paragraph without right-to-left letters are superfluous. In other paragraphs, isolates
    are superfluous that are unmatched, empty, nested more than two deep, or around text of the direction that the
    text around them has.
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
        # Search from the end of the last search, so that the text is scanned once.
        seen = _next_visible(text, start) if seen < start else seen
        if len(ends) < DEPTH and seen < end and not _is_idle(text, start, end):
            ends.append(end)
            kept |= {start, end}
    return frozenset(kept)


def _is_idle(text: str, start: int, end: int) -> bool:
    """Return whether the text inside and beside a short isolate has the same direction, so that it has no effect."""
    inside = text[start + 1 : end] if end - start <= SHORT else ""
    if not inside or not (
        inside[0].isalpha() and (inside[-1].isalpha() or inside[-1] in tables.points("mark"))
    ):
        return False
    own = directions.of_all(inside)
    # Isolates may follow one another. An adjacent isolate whose letters have the same direction is skipped.
    around = {directions.before(text, start, _ALL), directions.after(text, end + 1, _ALL)}
    return bool(own) and around == {own}


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
