"""Find variation selectors after Han and Mongolian letters that change nothing, or that are too many.

A selector that no table knows changes nothing. The tables of fonts differ, so a writer's few selectors are kept even
so in Mongolian. A text that is full of them is marked.
"""

import re
from collections.abc import Iterator

from intake.text.unicode import tables

# Maximum number of selectors in a paragraph that a writer may need beyond the rules. Each selector of a mark
# carries up to eight bits.
FEW = 3
_IDEOGRAPHIC = re.compile("[\U000e0100-\U000e01ef]")
_MONGOLIAN = re.compile("[\u180b-\u180d\u180f]")
_PARAGRAPH = re.compile("[^\n\u2028]+")
_KANA = re.compile(f"[{tables.char_class('Hira', 'Kana')}]")
_LETTERS = frozenset(map(chr, range(0x1820, 0x18AB)))
# Inside a word, these stand between a letter and its neighbour without separating them.
_JOINED = _LETTERS | {"\u180a", "\u200d"}
_SELECTORS = frozenset("\u180b\u180c\u180d\u180f")


def superfluous_variations(text: str) -> list[int]:
    """Positions of selectors after Han signs and Mongolian letters that no reader could miss."""
    found: list[int] = []
    for pattern, find in ((_IDEOGRAPHIC, _ideographic), (_MONGOLIAN, _mongolian)):
        if pattern.search(text):
            found += (place for line in _PARAGRAPH.finditer(text) for place in find(text, *line.span()))
    return sorted(found)


def _ideographic(text: str, start: int, end: int) -> Iterator[int]:
    """Only Japanese names need many of these selectors, and Japanese has kana."""
    places = [found.start() for found in _IDEOGRAPHIC.finditer(text, start, end)]
    crowded = len(places) > FEW and not _KANA.search(text, start, end)
    for place in places:
        if crowded or place == start or not tables.is_ideographic_variation(text[place - 1], text[place]):
            yield place


def _mongolian(text: str, start: int, end: int) -> list[int]:
    places = [found.start() for found in _MONGOLIAN.finditer(text, start, end)]
    idle = [place for place in places if place > start and not _shapes(text, place)]
    return idle if len(idle) > FEW else []


def _shapes(text: str, place: int) -> bool:
    """Return whether the selector at `place` changes the shape of the letter before it."""
    before = text[place - 2 : place - 1] if place > 1 else ""
    if before in _SELECTORS:
        before = text[place - 3 : place - 2] if place > 2 else ""
    after, joined = text[place + 1 : place + 2], before in _JOINED
    position = ("medial" if joined else "initial") if after in _JOINED else ("final" if joined else "isolate")
    return tables.is_mongolian_variation(text[place - 1], text[place], position)
