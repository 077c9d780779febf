"""Detect bytes of another kind of file that were decoded as if they were text.

A damaged archive has the names of its parts among compressed bytes. Decoded, they look like the words of a text.
Compressed bytes give pairs of adjacent characters that occur in no language: a capital behind a small letter,
letters of two alphabets, symbols within words.
"""

import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise

from intake.text.unicode import tables

WINDOW = 2_000
"""Characters that are judged together, because readable words may stand before and behind garbled ones."""
_MOST = 20
_SHARE = 0.05
"""Limits for odd pairs of adjacent characters in a window: number and share. In prose, the share is below 0.01."""

_SPACE, _MARK, _DIGIT, _SYMBOL, _BROKEN, _LOST = " ", "m", "n", "s", "!", "?"
# Alphabets that Chinese, Japanese and Korean use side by side.
_EAST_ASIAN = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_BROKEN_CATEGORIES = frozenset({"Cc", "Cn", "Cs"})
_UNDEFINED = "\x81\x8d\x8f\x90\x9d"
"""C1 control codes undefined in Windows-1252. The other C1 codes are often misdecoded quotation marks."""


def is_in(text: str) -> bool:
    """Return whether a part of a decoded text is garbled."""
    return any(_is_garbled(text[start : start + WINDOW]) for start in range(0, len(text), WINDOW))


def _is_garbled(text: str) -> bool:
    if text.isascii():
        return False
    pairs = Counter(pairwise(text))
    odd = sum(number for pair, number in pairs.items() if _is_odd(*pair))
    return odd > _MOST and odd > _SHARE * len(text)


@cache
def _kind(char: str) -> str:
    """Kind of a character: a constant such as _SPACE, or for a letter its script, followed by `U` if it is a capital."""
    category = unicodedata.category(char)
    if char.isspace():
        return _SPACE
    if char == "\ufffd":
        return _LOST
    if "\x80" <= char <= "\x9f" and char not in _UNDEFINED:
        return _MARK
    if category in _BROKEN_CATEGORIES:
        return _BROKEN
    if category[0] == "L":
        script = tables.script(char)
        name = "East" if script in _EAST_ASIAN else script
        return f"{name}U" if category == "Lu" else name
    if category[0] == "S":
        # Emoji, arrows and box-drawing characters occur beside any letter, so they are no sign of garbled text.
        return _MARK if category == "So" and char > "\u2000" else _SYMBOL
    return _DIGIT if category[0] == "N" else _MARK


def _is_odd(left: str, right: str) -> bool:
    """Return whether two adjacent characters are rare in prose. False for ASCII pairs, which may be addresses or code."""
    if left.isascii() and right.isascii():
        return False
    one, other = _kind(left), _kind(right)
    if _SPACE in (one, other):
        return False
    if _BROKEN in (one, other):
        return True
    if _LOST in (one, other):
        return one == other
    if one == other or _MARK in (one, other):
        return False
    if _DIGIT in (one, other) or "East" in (one, other):
        return False
    if _SYMBOL in (one, other):
        return True
    if one.removesuffix("U") == other.removesuffix("U"):
        return other.endswith("U") and not one.endswith("U")
    return True
