"""Words of a text in the form in which texts are compared: normalized, without punctuation and links."""

import re
import unicodedata

from intake.text.unicode import tables

# Bounded repeats, so that any text is read in linear time.
LINK = re.compile(
    r"https?://[!-~]+|www\.[!-~]+|\b[a-z0-9-]{1,63}\.(?:com|net|org|info|biz|shop|xyz|ru|cn)\b(?:/[!-~]*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_IDEOGRAPH = re.compile(f"[{tables.char_class('Hani', 'Hira', 'Kana')}\U00020000-\U0003ffff]")
_SPACELESS = re.compile(f"[{tables.char_class('Thai', 'Laoo', 'Khmr', 'Mymr', 'Java', 'Bali')}]")

MIN_LETTERS = 4
"""Shorter words occur in most texts of a language."""


def links(text: str) -> int:
    """Count the addresses in a text."""
    return sum(1 for _ in LINK.finditer(text))


def tokens(text: str) -> list[str]:
    """Return the words of a text. In scripts without spaces, each letter is a word."""
    plain = unicodedata.normalize("NFKC", LINK.sub(" ", text)).casefold()
    for letter in (_IDEOGRAPH, _SPACELESS):
        plain = letter.sub(r" \g<0> ", plain)
    return _WORD.findall(plain)


def features(words: list[str]) -> set[str]:
    """Return the features by which two texts are compared: their longer words, regardless of the order.

    In scripts without spaces, features are pairs of ideographs, or runs of five letters, that follow each other.
    """
    letters = sum(len(word) == 1 for word in words)
    if letters * 2 < len(words):
        return {word for word in words if len(word) >= MIN_LETTERS}
    ideographs = sum(bool(_IDEOGRAPH.match(word)) for word in words)
    length = 2 if ideographs * 2 >= letters else 5
    return {"".join(words[start : start + length]) for start in range(len(words) - length + 1)}
