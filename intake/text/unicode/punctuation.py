"""Unify hyphens and other punctuation that looks like ASCII punctuation."""

import re
from collections.abc import Iterator

from intake.text.unicode.edits import CharacterEdit

HYPHEN, NON_BREAKING = "\u2010", "\u2011"
TWINS = {"\u2024": ".", "\ua789": ":", "\u2236": ":", "\u02d7": "-", "\ufe63": "-"}
"""Characters that look like an ASCII character after a Latin letter or a digit."""
SUSPECT = frozenset({HYPHEN, NON_BREAKING, *TWINS})
_PLAIN_HYPHEN = re.compile(r"\w-\w")
_TWIN = re.compile(f"(?<=[A-Za-z0-9])[{''.join(TWINS)}]")


def edits(text: str) -> Iterator[CharacterEdit]:
    """Edits that replace TWINS by their ASCII look-alikes.

    U+2010 is kept in a line that has no other hyphen.
    """
    found: list[CharacterEdit] = []
    if HYPHEN in text or NON_BREAKING in text:
        old = HYPHEN + NON_BREAKING if NON_BREAKING in text or _PLAIN_HYPHEN.search(text) else ""
        found += (
            (CharacterEdit(match.start(), "-", "hyphen") for match in re.finditer(f"[{old}]", text))
            if old
            else ()
        )
    found += (CharacterEdit(match.start(), TWINS[match.group()], "hyphen") for match in _TWIN.finditer(text))
    yield from sorted(found)
