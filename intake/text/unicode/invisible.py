"""Invisible characters: removed where they hide, track or reorder, kept where a script needs them.

The rules follow Unicode 17: UAX 9 (direction), chapter 23 (format characters, variation selectors), UTS 51 (emoji).
"""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from intake.text.unicode import joiners, tables
from intake.text.unicode.flags import flags
from intake.text.unicode.isolates import is_right_to_left, superfluous
from intake.text.unicode.kinds import CONTEXTUAL, HIDDEN, INVISIBLE, UNWANTED, kind

# Two passes settle all that people write; an endless shuffle of marks and fillers made by hand may take more.
PASSES = 4

_LINES = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_EDGES = "\n\u2028"
_EDGE = re.compile(f"[{_EDGES}]")
# The four marks that are two: canonically equivalent, and never composed again (CompositionExclusions.txt).
_TWOFOLD = {0x344: "\u0308\u0301", 0xF73: "\u0f71\u0f72", 0xF75: "\u0f71\u0f74", 0xF81: "\u0f71\u0f80"}


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
    if INVISIBLE.isdisjoint(set().union(*pieces)):
        return [_nfc(piece) for piece in pieces]
    current = [_nfc(_plain(piece, removed)) for piece in pieces]
    for _ in range(PASSES):
        text = "".join(current)
        cuts = _cuts(text)
        if not cuts:
            return current
        current = [_nfc(piece) for piece in _without(current, cuts)]
        removed.update(kind(text[place]) for place in cuts)
    return [_nfc(HIDDEN.sub("", piece)) for piece in current]


def _nfc(text: str) -> str:
    """Normalization form C. Marks are put in order first: where thousands stand on one letter, `normalize` takes half a minute."""
    if len({unicodedata.combining(char) for char in set(text)}) > 2 or not _TWOFOLD.keys().isdisjoint(
        map(ord, set(text))
    ):
        pieces = groupby(text.translate(_TWOFOLD), lambda char: unicodedata.combining(char) != 0)
        text = "".join("".join(sorted(g, key=unicodedata.combining) if marks else g) for marks, g in pieces)
    return unicodedata.normalize("NFC", text)


def newlines(text: str) -> str:
    """All line ends as LF: CRLF, CR, vertical tab, form feed, and Unicode's line and paragraph separators."""
    # Most texts have none of them, and looking for each costs a tenth of the expression.
    if "\r" in text or "\x0b" in text or "\x0c" in text or "\u2028" in text or "\u2029" in text:
        return _LINES.sub("\n", text)
    return text


def bare(text: str) -> str:
    """The text without any invisible character, needed or not: for addresses of links."""
    return HIDDEN.sub("", UNWANTED.sub("", text))


def _plain(text: str, removed: Counter[str]) -> str:
    def replace(found: re.Match[str]) -> str:
        char = found.group()
        if "\x80" <= char <= "\x9f":
            meant = bytes([ord(char)]).decode("cp1252", "ignore")
            if meant:
                return meant
        removed[kind(char)] += 1
        return ""

    return UNWANTED.sub(replace, text)


def _cuts(text: str) -> list[int]:
    """Positions of the characters to cut out, in order."""
    if text.isascii() or not HIDDEN.search(text):
        return []
    return superfluous(text) or list(_run_cuts(text))


def _run_cuts(text: str) -> Iterator[int]:
    """Judge each run of invisible characters by what is seen on both sides of it."""
    base, seen, paragraph_end, right_to_left = "", 0, -1, False
    marks = tables.points("mark")
    for found in CONTEXTUAL.finditer(text):
        start, end = found.span()
        base = next((text[i] for i in range(start - 1, seen - 1, -1) if text[i] not in marks), base)
        if start >= paragraph_end:
            begin, paragraph_end = _paragraph(text, start, max(paragraph_end, 0))
            right_to_left = is_right_to_left(text[begin:paragraph_end])
        left, right = _visible(text[start - 1 : start]), _visible(text[end : end + 1])
        place = joiners.Place(left, _visible(base), right, right_to_left)
        seen = end
        yield from _lost(found.group(), joiners.kept(found.group(), place), start)


def _visible(char: str) -> str:
    return "" if char in _EDGES else char


def _paragraph(text: str, place: int, after: int) -> tuple[int, int]:
    """Where the paragraph around a place begins and ends; it does not begin before `after`. No character is passed twice."""
    begin = max(max(text.rfind(edge, after, place) for edge in _EDGES) + 1, after)
    found = _EDGE.search(text, place)
    return begin, found.start() if found else len(text)


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
