"""Passages of a cleaned text that an editor should check.

They follow from the cleaned HTML alone, so a revision by an editor is judged like the contributor's text.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from intake.text.html import links
from intake.text.html.blocks import MARKS
from intake.text.unicode import flags, tables

WORD_CHARACTERS = 80
"""Maximum length of a quoted passage."""
ELLIPSIS = "…"
_SPLIT = re.compile(r"(<[^<>]*>)")
_HREF = re.compile(r' href="([^"]*)"')
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt);)")
# Tags of inline elements, as cleaning writes them. They have no attributes, except for links.
_INLINE = frozenset(f"<{slash}{name}>" for name in ("a", *MARKS) for slash in ("", "/"))


class FlaggedPassage(NamedTuple):
    """Passage with a flag. `kind` is a key of `report.FLAGS`.

    `start` and `end` count characters of the text, which is the `textContent` of the HTML. `word` quotes the passage,
    which has been extended to whole words, in at most WORD_CHARACTERS characters.
    """

    kind: str
    start: int
    end: int
    word: str


class _Link(NamedTuple):
    start: int
    end: int
    href: str


class _Content(NamedTuple):
    """Text of the HTML with a newline between blocks, so that no word continues in the next block.

    `breaks` holds the positions of these newlines. Struck-out passages and links have positions in `text`.
    """

    text: str
    breaks: list[int]
    struck: list[tuple[int, int]]
    links: list[_Link]


def parts(html: str) -> Iterator[tuple[str, str]]:
    """Split cleaned HTML into pairs of a text, still escaped, and the tag behind it. Either may be empty."""
    split = [*_SPLIT.split(html), ""]
    return zip(split[::2], split[1::2], strict=True)


def find(html: str) -> list[FlaggedPassage]:
    """Return the flagged passages of cleaned HTML by place. Passages of one kind do not overlap."""
    if _is_plain(html):
        return []
    content = _content(html)
    found = [
        *_passages(content.text),
        *(_quoted("struck-out", content.text, *place) for place in _joined(content.struck)),
        *(
            _quoted("disguised-link", content.text, link.start, link.end)
            for link in content.links
            if links.disguised(content.text[link.start : link.end], link.href)
        ),
    ]
    found.sort(key=attrgetter("start"))
    return [_without_breaks(passage, content.breaks) for passage in found] if content.breaks else found


def _is_plain(html: str) -> bool:
    """Return whether a text is ASCII without struck-out words and without a link whose words may be an address."""
    if not html.isascii() or "</s>" in html or _REFERENCE.search(html):
        return False
    linked = (link.partition(">")[2].rpartition("</a>")[0] for link in html.split("<a ")[1:])
    return not any("." in words for words in linked)


def find_in_line(line: str) -> list[FlaggedPassage]:
    """Return the flagged passages of a title, a name or a caption by place. `line` is plain text."""
    return sorted(_passages(line), key=attrgetter("start"))


def kinds(html: str) -> list[str]:
    """Return the kinds of flags of cleaned HTML, each once."""
    return list(dict.fromkeys(passage.kind for passage in find(html)))


def _content(html: str) -> _Content:
    text: list[str] = []
    content = _Content("", [], [], [])
    at, struck, anchor, href = 0, 0, 0, ""
    for escaped, tag in parts(html):
        if escaped:
            plain = unescape(escaped) if "&" in escaped else escaped
            text.append(plain)
            at += len(plain)
        if tag == "<s>":
            struck = at
        elif tag == "</s>":
            content.struck.append((struck, at))
        elif tag == "</a>":
            content.links.append(_Link(anchor, at, href))
        elif tag.startswith("<a "):
            address = _HREF.search(tag)
            anchor, href = at, unescape(address[1]) if address else ""
        elif tag and tag not in _INLINE and (not content.breaks or content.breaks[-1] != at - 1):
            content.breaks.append(at)
            text.append("\n")
            at += 1
    return content._replace(text="".join(text))


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join places that touch, such as the plain and the bold part of one struck-out passage."""
    last: tuple[int, int] | None = None
    for start, end in places:
        if last and last[1] == start:
            last = last[0], end
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def _passages(text: str) -> Iterator[FlaggedPassage]:
    for kind, found in groupby(sorted(flags.find(text)), key=attrgetter("kind")):
        for start, end in _whole_words(text, found):
            yield _quoted(kind, text, start, end)


def _whole_words(text: str, found: Iterable[flags.Flag]) -> Iterator[tuple[int, int]]:
    """Extend places to whole words, and join those of one word.

    No place is extended over the one before it, so each character is looked at twice at most.
    """
    start = end = 0
    for flag in found:
        if flag.end <= end:
            continue
        right = _right(text, flag.end, WORD_CHARACTERS // 2)
        if flag.start <= end and right - start <= WORD_CHARACTERS:
            end = right
            continue
        if end:
            yield start, end
        start, end = _left(text, max(flag.start, end), max(end, flag.start - WORD_CHARACTERS // 2)), right
    if end:
        yield start, end


def _left(text: str, start: int, limit: int) -> int:
    at = start
    while at > limit and not _is_border(text[at - 1]):
        at -= 1
    while at < start and _is_punctuation(text[at]):
        at += 1
    return at


def _right(text: str, end: int, most: int) -> int:
    at, limit = end, min(len(text), end + most)
    while at < limit and not _is_border(text[at]):
        at += 1
    while at > end and _is_punctuation(text[at - 1]):
        at -= 1
    return at


def _is_border(char: str) -> bool:
    """Return whether a character ends a word: white space, or a Han sign, which is a word by itself."""
    return char.isspace() or tables.script(char) == "Hani"


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"


def _quoted(kind: str, text: str, start: int, end: int) -> FlaggedPassage:
    word = text[start : min(end, start + WORD_CHARACTERS + 1)].replace("\n", " ")
    if len(word) > WORD_CHARACTERS:
        word = word[: WORD_CHARACTERS - 1] + ELLIPSIS
    return FlaggedPassage(kind, start, end, word)


def _without_breaks(passage: FlaggedPassage, breaks: list[int]) -> FlaggedPassage:
    start, end = (at - bisect_left(breaks, at) for at in (passage.start, passage.end))
    return passage._replace(start=start, end=end)
