"""The text that a reader sees, and how many words it has."""

import re
from html import unescape
from math import ceil

from intake.text import tables
from intake.text.kinds import HIDDEN

# Letters to a word where words are not parted by spaces; the mean of the Universal Declaration's Thai and Khmer.
LETTERS_A_WORD = 4
# S. Trauzettel-Klosinski, K. Dietz, "Standardized Assessment of Reading Performance" (2012): the mean of 17 languages is
# 184 words a minute, and 255 characters in Chinese.
WORDS_A_MINUTE, IDEOGRAPHS_A_MINUTE = 184, 255
_IDEOGRAPH = re.compile(f"[{tables.char_class('Hani', 'Hira', 'Kana')}\U00020000-\U0003ffff]")
_SPACELESS = re.compile(
    f"[{tables.char_class('Thai', 'Laoo', 'Khmr', 'Mymr', 'Java', 'Bali', 'Tale', 'Talu', 'Lana')}]+"
)
# Ethiopic word space, Tibetan tsheg: they part words as a space does.
_PARTING = re.compile("[\u1361\u0f0b\u0f0c\u2014\u2013/]")
# What belongs to the emoji before it: one joined on, a colour of skin, the second letter of a flag.
_AFTER_JOINER = re.compile("\u200d[\u2190-\U0001faff]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
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


def minutes(text: str) -> int:
    """How long it takes to read: full minutes, at least one; 0 for no text."""
    if not text:
        return 0
    rest, ideographs = _IDEOGRAPH.subn(" ", text)
    return max(1, round(ideographs / IDEOGRAPHS_A_MINUTE + count(rest) / WORDS_A_MINUTE))


def characters(text: str) -> int:
    """How many a reader would count: marks belong to their letter, joined emoji are one, space and what is invisible is none.

    Nearly the grapheme clusters of UAX 29.
    """
    if text.isascii():
        return len("".join(text.split()))
    seen = _SKIN.sub("", HIDDEN.sub("", _AFTER_JOINER.sub("", text)))
    marks = tables.points("mark")
    return sum(not char.isspace() and char not in marks for char in _FLAG.sub("x", seen))


def _spaced(text: str) -> int:
    """Words that something parts."""
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in _PARTING.sub(" ", text).split())
