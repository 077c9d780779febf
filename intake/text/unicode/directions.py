"""Find direction marks (U+200E, U+200F, U+061C) that do not change the order of the text.

A mark has no effect between two letters of the same direction (UAX 9). Only characters without a direction may be
between them.
"""

import re
from collections.abc import Iterable

from intake.text.unicode import tables

_MARKS = re.compile("[\u200e\u200f\u061c]+")
# Maximum distance of the letters from the mark. The limit keeps the search linear.
_REACH = 24
_LINE_ENDS = frozenset("\n\u2028")
_CONTROLS = frozenset("\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def idle_marks(text: str) -> list[int]:
    """Return the positions of direction marks between letters of the same direction, where a mark has no effect."""
    return [
        place
        for found in _MARKS.finditer(text)
        if _is_idle(text, found.start(), found.end())
        for place in range(*found.span())
    ]


def _is_idle(text: str, start: int, end: int) -> bool:
    found = before(text, start)
    return bool(found) and found == after(text, end)


def before(text: str, place: int, skipped: str = "") -> str:
    """Direction of the nearest letter before a place: `R`, `L`, or "" if a digit, control or line end is nearer.

    Controls in `skipped` are passed over.
    """
    return _first(reversed(text[max(place - _REACH, 0) : place]), skipped)


def after(text: str, place: int, skipped: str = "") -> str:
    """Direction of the nearest letter after a place, like `before`."""
    return _first(text[place : place + _REACH], skipped)


def of_all(text: str) -> str:
    """Direction of all letters of a text, or "" if their directions differ or the text has a digit or a control."""
    if not _CONTROLS.isdisjoint(text) or any(map(str.isnumeric, text)):
        return ""
    found = {_of(char) for char in text} - {""}
    return found.pop() if len(found) == 1 else ""


def _first(chars: Iterable[str], skipped: str) -> str:
    for char in chars:
        if found := _of(char):
            return found
        if (char in _CONTROLS and char not in skipped) or char in _LINE_ENDS or char.isnumeric():
            return ""
    return ""


def _of(char: str) -> str:
    return "R" if char in tables.points("right_to_left") else "L" if char.isalpha() else ""
