"""Complete the style selectors of joined emoji. A missing selector is invisible, so it could be a mark (UTS 51)."""

import re
from collections.abc import Iterator

from intake.text.unicode import tables
from intake.text.unicode.edits import CharacterEdit
from intake.text.unicode.joiners import EMOJI_STYLE, ZWJ

SIGNS = frozenset({ZWJ})
"""Characters of which a text must contain at least one for `edits` to find anything."""
_PART = f"[^{ZWJ}{EMOJI_STYLE}][{EMOJI_STYLE}\U0001f3fb-\U0001f3ff]?"
_JOINED = re.compile(f"{_PART}(?:{ZWJ}{_PART})+")


def edits(text: str) -> Iterator[CharacterEdit]:
    """Edits that add U+FE0F to the parts of joined emoji, if some emoji of the line have it and others lack it."""
    if ZWJ not in text:
        return
    complete, incomplete = set(), []
    for found in _JOINED.finditer(text):
        for place in range(*found.span()):
            if _is_plain(text[place]):
                if text[place + 1 : place + 2] == EMOJI_STYLE:
                    complete.add(found.start())
                elif text[place + 1 : place + 2] in ("", ZWJ) or place + 1 == found.end():
                    incomplete.append((found.start(), place))
    if any(complete - {start} for start, _ in incomplete):
        yield from (CharacterEdit(place, text[place] + EMOJI_STYLE) for _, place in incomplete)


def _is_plain(char: str) -> bool:
    """Return whether a character is an emoji that is black and white by itself."""
    return (
        char in tables.points("pictograph")
        and char not in tables.points("colour_emoji")
        and tables.is_variation(char, EMOJI_STYLE)
    )
