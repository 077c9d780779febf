"""Replace Arabic presentation forms: letters stored in one fixed shape, as in old programs and PDF files.

A letter is replaced where it would take this shape by itself, so that nothing changes for a reader.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

from intake.text.unicode import tables
from intake.text.unicode.edits import CharacterEdit

_SHAPES = frozenset({"<initial>", "<medial>", "<final>", "<isolated>"})
SIGNS = frozenset(map(chr, (*range(0xFB50, 0xFD3E), *range(0xFE70, 0xFEFD))))
"""Arabic presentation forms."""
_REACH = 8
"""Maximum number of combining marks between two letters."""


def edits(line: str) -> Iterator[CharacterEdit]:
    """Edits that replace presentation forms by plain letters."""
    for place, char in enumerate(line):
        if char in SIGNS and (found := _letter(char)):
            shape, letters = found
            before = _plain(reversed(line[max(place - _REACH, 0) : place]))[-1:]
            after = _plain(line[place + 1 : place + 1 + _REACH])[:1]
            if shape == _shape(before, letters, after):
                yield CharacterEdit(place, letters, "look-alike")


@cache
def _letter(char: str) -> tuple[str, str] | None:
    """Shape and plain letters of a presentation form. None if the character is not a letter."""
    shape = unicodedata.decomposition(char).partition(" ")[0]
    letters = unicodedata.normalize("NFKC", char)
    return (shape, letters) if shape in _SHAPES and " " not in letters else None


def _plain(chars: Iterator[str] | str) -> str:
    """Plain form of the first character that is not a combining mark. Empty if there is none."""
    char = next((char for char in chars if char not in tables.points("mark")), "")
    return unicodedata.normalize("NFKC", char)


def _shape(before: str, letters: str, after: str) -> str:
    """Shape that letters take between the characters before and after them (Unicode, section 9.2)."""
    left = before in tables.points("joins_next") and letters[0] in tables.points("joins_previous")
    right = letters[-1] in tables.points("joins_next") and after in tables.points("joins_previous")
    return {(True, True): "<medial>", (True, False): "<final>", (False, True): "<initial>"}.get(
        (left, right), "<isolated>"
    )
