"""The text that a reader sees, and how many words it has."""

import re
from html import unescape
from math import ceil

from intake.text import tables

# Letters to a word where words are not parted by spaces; the mean of the Universal Declaration's Thai and Khmer.
LETTERS_A_WORD = 4
_IDEOGRAPH = re.compile(f"[{tables.char_class('Hani', 'Hira', 'Kana')}\U00020000-\U0003ffff]")
_SPACELESS = re.compile(
    f"[{tables.char_class('Thai', 'Laoo', 'Khmr', 'Mymr', 'Java', 'Bali', 'Tale', 'Talu', 'Lana')}]+"
)
# Ethiopic word space, Tibetan tsheg: they part words as a space does.
_PARTING = re.compile("[\u1361\u0f0b\u0f0c\u2014\u2013/]")
_BREAK = re.compile(r"<br>|<hr>|</?(?:li|tr|p|h2|h3|h4|pre|blockquote|ul|ol|table)\b[^>]*>")
_CELL = re.compile(r"</t[dh]>")
_TAG = re.compile(r"<[^>]*>")
_LINES = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")


def visible(html: str) -> str:
    """The text of cleaned HTML: a newline for each break and item, a blank line between paragraphs."""
    parted = re.sub(r"[ \t\n]+", " ", html) if "<pre>" not in html else html
    lines = _CELL.sub("\t", parted).replace("</p>", "</p>\n")
    plain = _TAG.sub("", _BREAK.sub("\n", lines))
    return _LINES.sub("\n\n", unescape(plain)).strip()


def count(text: str) -> int:
    """How many words.

    Each Han character or kana is one; in scripts without spaces (Thai, Lao, Khmer …) four letters are one; elsewhere
    it is what spaces part, where that has a letter or a digit.
    """
    if text.isascii():
        return _spaced(text)
    rest, ideographs = _IDEOGRAPH.subn(" ", text)
    letters = sum(map(str.isalpha, "".join(_SPACELESS.findall(rest))))
    return ideographs + ceil(letters / LETTERS_A_WORD) + _spaced(_SPACELESS.sub(" ", rest))


def _spaced(text: str) -> int:
    """Words that something parts."""
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in _PARTING.sub(" ", text).split())
