"""Find variation selectors after Han and Mongolian letters that have no effect, or are too numerous to be genuine.

A selector that is in no Unicode table has no effect. Fonts for Mongolian may have other tables, so a few such selectors
are kept in Mongolian. A text that is full of selectors carries a watermark.
"""

import re
from collections.abc import Iterator

from intake.text.unicode import tables

# Maximum number of selectors that a paragraph keeps: of all after Han signs in text without kana, and of those without
# effect in Mongolian. In a watermark, each selector carries up to eight bits.
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
    """Positions of selectors after Han signs and Mongolian letters that can be removed without a visible change."""
    found: list[int] = []
    for pattern, find in ((_IDEOGRAPHIC, _ideographic), (_MONGOLIAN, _mongolian)):
        if pattern.search(text):
            found += (place for line in _PARAGRAPH.finditer(text) for place in find(text, *line.span()))
    return sorted(found)


def _ideographic(text: str, start: int, end: int) -> Iterator[int]:
    """Yield superfluous selectors after Han signs. Only Japanese text, which has kana, needs many, for names."""
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
