"""Invisible characters: removed where they hide, track or reorder, kept where a script needs them.

The rules follow Unicode 17: UAX 9 (direction), chapter 23 (format characters, variation selectors), UTS 51 (emoji).
"""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from intake.text import joiners, tables
from intake.text.flags import flags
from intake.text.isolates import is_right_to_left, superfluous

# Two passes settle all that people write; an endless shuffle of marks and fillers made by hand may take more.
PASSES = 4

_KINDS = {
    "control": "\x00-\x08\x0b-\x1f\x7f-\x9f",
    "direction": "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069",
    "joiner": "\u200c\u200d",
    "zero-width": "\u200b\ufeff\u2060-\u2065",
    "soft-hyphen": "\u00ad",
    "filler": "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0",
    "variation": "\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef",
    "tag": "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff",
    "format": "\u206a-\u206f\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a",
    "invalid": "\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(p * 0x10000 + 0xFFFE) + chr(p * 0x10000 + 0xFFFF) for p in range(17)),
}
_KIND_OF = {kind: re.compile(f"[{chars}]") for kind, chars in _KINDS.items()}
# These are never needed, wherever they stand.
_NEVER = (
    "\u202a-\u202e\u00ad\u17b4\u17b5\u3164\uffa0\ufeff\u2060-\u2065\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
    + _KINDS["control"] + _KINDS["format"] + _KINDS["invalid"]
)  # fmt: skip
_LINES = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_UNWANTED = re.compile(f"[{_NEVER}]")
_CONTEXTUAL = re.compile(
    "[\u200b-\u200f\u061c\ufe00-\ufe0f\U000e0000-\U000e007f\U000e0100-\U000e01ef\u180b-\u180f\u034f\u115f\u1160]+"
)
_HIDDEN = re.compile(f"{_CONTEXTUAL.pattern}|[\u2066-\u2069]+")
_EDGES = "\n\u2028"


@dataclass(frozen=True)
class Cleaned:
    """A text, how many characters of which kind were removed, and what an editor should look at."""

    text: str
    removed: Counter[str] = field(default_factory=Counter)
    flags: list[str] = field(default_factory=list)


def clean(text: str) -> Cleaned:
    """Apply all rules to a plain text of any length, and NFC; cleaning the result again changes nothing."""
    removed: Counter[str] = Counter()
    (result,) = clean_pieces([newlines(text)], removed)
    return Cleaned(result, removed, flags(result))


def clean_pieces(pieces: Sequence[str], removed: Counter[str]) -> list[str]:
    """Clean the pieces of one paragraph (runs of bold, links …), each judged among its neighbours; count in `removed`.

    U+2028 parts lines inside the paragraph, so that callers may use it for a line break.
    """
    current = [unicodedata.normalize("NFC", _plain(piece, removed)) for piece in pieces]
    for _ in range(PASSES):
        text = "".join(current)
        cuts = _cuts(text)
        if not cuts:
            return current
        current = [unicodedata.normalize("NFC", piece) for piece in _without(current, cuts)]
        removed.update(_kind(text[place]) for place in cuts)
    return [unicodedata.normalize("NFC", _HIDDEN.sub("", piece)) for piece in current]


def newlines(text: str) -> str:
    """All line ends as LF: CRLF, CR, vertical tab, form feed, and Unicode's line and paragraph separators."""
    return _LINES.sub("\n", text)


def bare(text: str) -> str:
    """The text without any invisible character, needed or not: for addresses of links."""
    return _HIDDEN.sub("", _UNWANTED.sub("", text))


def _plain(text: str, removed: Counter[str]) -> str:
    def replace(found: re.Match[str]) -> str:
        char = found.group()
        if "\x80" <= char <= "\x9f":
            meant = bytes([ord(char)]).decode("cp1252", "ignore")
            if meant:
                return meant
        removed[_kind(char)] += 1
        return ""

    return _UNWANTED.sub(replace, text)


@cache
def _kind(char: str) -> str:
    return next(kind for kind, pattern in _KIND_OF.items() if pattern.match(char))


def _cuts(text: str) -> list[int]:
    """Positions of the characters to cut out, in order."""
    if text.isascii() or not _HIDDEN.search(text):
        return []
    return superfluous(text) or list(_run_cuts(text))


def _run_cuts(text: str) -> Iterator[int]:
    """Judge each run of invisible characters by what is seen on both sides of it."""
    base, seen, paragraph_end, right_to_left = "", 0, -1, False
    marks = tables.points("mark")
    for found in _CONTEXTUAL.finditer(text):
        start, end = found.span()
        base = next((text[i] for i in range(start - 1, seen - 1, -1) if text[i] not in marks), base)
        if start >= paragraph_end:
            begin, paragraph_end = _paragraph(text, start)
            right_to_left = is_right_to_left(text[begin:paragraph_end])
        place = joiners.Place(
            *map(_visible, (text[start - 1 : start], base, text[end : end + 1])), right_to_left
        )
        seen = end
        yield from _lost(found.group(), joiners.kept(found.group(), place), start)


def _visible(char: str) -> str:
    return "" if char in _EDGES else char


def _paragraph(text: str, place: int) -> tuple[int, int]:
    begin = max(text.rfind(edge, 0, place) for edge in _EDGES) + 1
    ends = [end for edge in _EDGES if (end := text.find(edge, place)) >= 0]
    return begin, min(ends, default=len(text))


def _lost(run: str, kept: str, start: int) -> Iterator[int]:
    place = 0
    for offset, char in enumerate(run):
        if kept.startswith(char, place):
            place += 1
        else:
            yield start + offset


def _without(pieces: Sequence[str], cuts: list[int]) -> Iterator[str]:
    """The pieces less the cuts, which count from the start of the first piece."""
    offset, rest = 0, deque(cuts)
    for piece in pieces:
        parts, at = [], 0
        while rest and rest[0] < offset + len(piece):
            place = rest.popleft() - offset
            parts.append(piece[at:place])
            at = place + 1
        parts.append(piece[at:])
        offset += len(piece)
        yield "".join(parts)
