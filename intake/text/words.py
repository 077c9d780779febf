"""Visible text of cleaned HTML, and its length in words, characters and minutes."""

import re
from dataclasses import dataclass
from html import unescape
from math import ceil

from intake.text.unicode import tables
from intake.text.unicode.kinds import HIDDEN, INVISIBLE

# Letters per word in scripts without spaces: the mean of the Universal Declaration of Human
# Rights in Thai and Khmer.
LETTERS_A_WORD = 4
# S. Trauzettel-Klosinski, K. Dietz, "Standardized Assessment of Reading Performance" (2012). The mean of 17
# languages is 184 words a minute, and 255 characters in Chinese.
WORDS_A_MINUTE, IDEOGRAPHS_A_MINUTE = 184, 255
_IDEOGRAPH = re.compile(f"[{tables.char_class('Hani', 'Hira', 'Kana')}\U00020000-\U0003ffff]")
_FIRST_EMOJI = "\U0001f1e6"
"""Lowest character of flags and skin tones."""
_SPACELESS = re.compile(
    f"[{tables.char_class('Thai', 'Laoo', 'Khmr', 'Mymr', 'Java', 'Bali', 'Tale', 'Talu', 'Lana')}]+"
)
# Ethiopic word space, Tibetan tsheg, dashes and slash: they separate words as a space does.
_PARTING = frozenset("\u1361\u0f0b\u0f0c\u2014\u2013/")
_AS_SPACE = str.maketrans(dict.fromkeys(_PARTING, " "))
# Parts that do not count as separate characters: a joined emoji, a skin tone, the second letter of a
# flag.
_AFTER_JOINER = re.compile("\u200d[\u2190-\U0001faff]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_BREAK = re.compile(r"<br>|<hr>|</?(?:li|tr|p|h2|h3|h4|pre|blockquote|ul|ol|table)\b[^>]*>")
# Cleaning added the link from a footnote back to its mark, so the link does not count as text.
_BACK = re.compile(r' ?<a href="#ref-\d+">[^<]*</a>')
_CELL = re.compile(r"</t[dh]>")
_TAG = re.compile(r"<[^>]*>")
# The look-behind makes the search linear in a long run of spaces.
_LINES = re.compile(r"(?<![ \t])[ \t]*\n(?:[ \t]*\n)+")
# Like _LINES, for texts in which no line ends with a space. Takes a tenth of the time.
_BARE_LINES = re.compile("\n\n\n+")


def visible(html: str) -> str:
    """Text of cleaned HTML: a newline for each line break and list item, a blank line between paragraphs."""
    if '"#ref-' in html:
        html = _BACK.sub("", html)
    parted = html if "<pre" in html or not _is_ragged(html) else re.sub(r"[ \t\n]+", " ", html)
    cells = _CELL.sub("\t", parted) if "<table" in html else parted
    lines = cells.replace("</p>", "</p>\n")
    plain = _TAG.sub("", _BREAK.sub("\n", lines))
    unescaped = unescape(plain)
    blank_lines = _LINES if " \n" in unescaped or "\t\n" in unescaped else _BARE_LINES
    text = blank_lines.sub("\n\n", unescaped)
    # The first line of verse may be indented.
    return text.strip("\n").rstrip() if html.startswith("<pre") else text.strip()


def _is_ragged(html: str) -> bool:
    return "  " in html or "\n" in html or "\t" in html


@dataclass(frozen=True)
class Size:
    """Length of a text.

    `words` counts each Han character or kana as one word. Four letters count as one in other scripts without
    spaces (Thai, Lao, Khmer …). Elsewhere, words are separated by spaces and contain a letter or a digit.
    `characters` counts nearly the grapheme clusters of UAX 29, without spaces and invisible characters.
    `minutes` is the reading time in whole minutes, at least one unless the text is empty.
    """

    words: int
    characters: int
    minutes: int


def size(text: str) -> Size:
    """Measure a text without markup."""
    # Most texts contain no character that the expressions below match. To try each different character takes
    # a tenth of the time.
    chars = set(text)
    rest, ideographs = _IDEOGRAPH.subn(" ", text) if any(map(_IDEOGRAPH.match, chars)) else (text, 0)
    letters = 0
    if any(map(_SPACELESS.match, chars)):
        letters = sum(map(str.isalpha, "".join(_SPACELESS.findall(rest))))
        rest = _SPACELESS.sub(" ", rest)
    parted = rest if _PARTING.isdisjoint(chars) else rest.translate(_AS_SPACE)
    words = ceil(letters / LETTERS_A_WORD) + _spaced(parted)
    minutes = ideographs / IDEOGRAPHS_A_MINUTE + words / WORDS_A_MINUTE
    return Size(
        ideographs + words, _characters("".join(text.split()), chars), max(1, round(minutes)) if text else 0
    )


def _characters(seen: str, chars: set[str]) -> int:
    if not INVISIBLE.isdisjoint(chars):
        seen = HIDDEN.sub("", _AFTER_JOINER.sub("", seen))
    if max(chars, default="") >= _FIRST_EMOJI:
        seen = _FLAG.sub("x", _SKIN.sub("", seen))
    marks = tables.points("mark")
    return len(seen) - sum(map(seen.count, marks.intersection(chars)))


def _spaced(text: str) -> int:
    """Count words separated by spaces."""
    # Most words begin with a letter, which is quick to test.
    return sum(word[0].isalnum() or any(map(str.isalnum, word)) for word in text.split())
