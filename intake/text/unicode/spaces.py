"""Unify the kind and number of spaces between two words, so that they cannot carry a watermark.

Indentation, columns of plain text, and spaces that typography needs are kept.
"""

import re
from collections.abc import Iterator, Set
from enum import Enum

from intake.text.unicode import tables
from intake.text.unicode.edits import CharacterEdit
from intake.text.unicode.joiners import SPACELESS

NO_BREAK, NARROW, THIN = "\xa0", "\u202f", "\u2009"
# As wide as half a letter or more, so a reader sees them.
WIDE = frozenset("\u2000\u2001\u2002\u2003\u2007\u3000")
ODD = f"\t{NO_BREAK}\u2000-\u200a{NARROW}\u205f\u3000"
BREAK = "\u2028"
BEFORE = "?!;:»›%‰€"
"""Punctuation that French and other languages separate by a no-break space from the word before."""
AFTER = "«‹"
"""Signs that French separates by a no-break space from the word after."""
# Maximum number of plain spaces beside no-break spaces, or the reverse, that a writer leaves by mistake.
FEW = 3
WORDS = 8
"""Maximum number of words in a short line. Wide gaps of short lines are kept, because they align columns."""
_SEPARATING = f"{NARROW}{NO_BREAK}{THIN}\u2007\u2008\u200a"
SEPARATING = frozenset(_SEPARATING)
_KEEP_THEIRS = SPACELESS | {"Mong"}
_INNER = re.compile(r"(?<=\S)(?:\t|[ \xa0]{3})[ \t\xa0]*(?=[^\s])")


class Layout(Enum):
    """Meaning of white space in a text."""

    LINES = "lines"
    """Plain text: a newline ends a line, and columns may be aligned by spaces."""
    VERSE = "verse"
    """Plain text whose empty lines and wide gaps are kept too. Two spaces become one, as in other layouts."""
    ITEMS = "items"
    """Plain text whose lines may become list items, so nothing is aligned."""
    FLOW = "flow"
    """HTML: a newline is white space like a space, and U+2028 ends a line."""
    KEPT = "kept"
    """Preformatted text: all white space is kept."""


_GAPS = {
    Layout.LINES: re.compile(f"(?:[{ODD}]| (?=[ {ODD}\n{BREAK}]))[ {ODD}]*"),
    Layout.FLOW: re.compile(f"(?:[{ODD}\n]|(?<={BREAK}) | (?=[ {ODD}\n{BREAK}]))[ {ODD}\n]*"),
}
_GAPS[Layout.ITEMS] = _GAPS[Layout.VERSE] = _GAPS[Layout.LINES]
_EMPTY_LINES = re.compile("\n{3,}")
_TYPED = frozenset(" \t\n")
# In preformatted text: spaces at the end of a line, and a no-break space between two words.
_UNSEEN = re.compile(f"[ {ODD}]+(?=\n|$)|(?<=\\S){NO_BREAK}(?=\\S)")
_SIGNS = frozenset(f"\t\n{BREAK}{NO_BREAK}{NARROW}\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))


def may_edit(text: str, chars: Set[str]) -> bool:
    """Return whether `edits` may find something in a text of these characters, by a quick test."""
    return "  " in text or text.endswith(" ") or not _SIGNS.isdisjoint(chars)


def edits(text: str, layout: Layout) -> list[CharacterEdit]:
    """Edits that leave one space between two words, and one blank line between two lines."""
    if layout is Layout.KEPT:
        return list(_unseen(text))
    found = list(_gaps(text, layout))
    return found or (list(_lines(text)) if layout in (Layout.LINES, Layout.ITEMS) else [])


def _unseen(text: str) -> Iterator[CharacterEdit]:
    """Edits that change only invisible spaces of preformatted text."""
    for found in _UNSEEN.finditer(text):
        start, end = found.span()
        new = _one(text[start - 1], found.group(), text[end]) if start > 0 and end < len(text) else ""
        if text[end : end + 1] in ("", "\n"):
            yield from (
                CharacterEdit(place, "", "" if text[place] in _TYPED else "space")
                for place in range(start, end)
            )
        elif new != found.group():
            yield CharacterEdit(start, new, "space")


def _gaps(text: str, layout: Layout) -> Iterator[CharacterEdit]:
    ends = (BREAK,) if layout is Layout.FLOW else ("\n", BREAK)
    columns: frozenset[int] | None = None
    for found in _GAPS[layout].finditer(text):
        start, end = found.span()
        gap, left, right = found.group(), text[start - 1 : start], text[end : end + 1]
        if right in ends or (left and not right):
            yield from (CharacterEdit(place, "") for place in range(start, end))
        elif not left or left in ends:
            if layout is Layout.FLOW and left:
                # Browsers show no space at the start of a line, unless an unusual space is before it.
                typed = len(gap) - len(gap.lstrip(" \t\n"))
                yield from (CharacterEdit(start + i, "") for i in range(typed))
        elif right:
            if _is_column(gap) and layout is not Layout.ITEMS:
                if layout is Layout.VERSE:
                    continue
                columns = _columns(text, ends) if columns is None else columns
                if start in columns:
                    continue
            yield from _folded(start, gap, _one(left, gap, right))


def _folded(start: int, gap: str, new: str) -> Iterator[CharacterEdit]:
    if gap[0] != new:
        yield CharacterEdit(start, new, "" if gap[0] in _TYPED else "space")
    yield from (
        CharacterEdit(start + i, "", "" if char in _TYPED else "space")
        for i, char in enumerate(gap[1:], start=1)
    )


def _one(left: str, gap: str, right: str) -> str:
    """White space that replaces a gap between two characters."""
    odd = next((char for char in gap if char not in " \t\n"), "")
    if not odd:
        # Keep the newline, because the HTML source may be plain text that was put into a paragraph unchanged.
        return "\n" if "\n" in gap else " "
    if not _KEEP_THEIRS.isdisjoint((tables.script(left), tables.script(right))):
        return odd
    if right in BEFORE or left in AFTER or (left.isdigit() and right.isdigit()):
        return next((char for char in gap if char in _SEPARATING), " ")
    if wide := next((char for char in gap if char in WIDE), ""):
        return wide
    if odd == NO_BREAK or (left.isalpha() or left in ",;:?!)”’"):
        return " "
    return odd


def is_usual(left: str, gap: str, right: str) -> bool:
    """Return whether the typography of French, Mongolian, Chinese or numbers uses this space between two characters."""
    if gap.strip("\u3000") == "":
        return not ("A" <= left <= "z" and "A" <= right <= "z")
    if gap not in _SEPARATING:
        return False
    return (
        right in BEFORE
        or left in AFTER
        or left.isdigit()
        or right.isdigit()
        or "Mong" in (tables.script(left), tables.script(right))
    )


def _is_column(gap: str) -> bool:
    return "\n" not in gap and ("\t" in gap or len(gap) > 2) and not gap.strip(" \t\xa0")


def _columns(text: str, ends: tuple[str, ...]) -> frozenset[int]:
    """Positions of wide gaps that align columns: in short lines, and in lines next to one with as many gaps.

    Only the number of gaps is compared, because trimming a line moves its columns.
    """
    rows: list[list[int]] = []
    short: list[bool] = []
    offset = 0
    for line in re.split(f"[{''.join(ends)}]", text):
        rows.append([offset + found.start() for found in _INNER.finditer(line) if _is_column(found.group())])
        short.append(len(line.split(None, WORDS)) <= WORDS)
        offset += len(line) + 1
    numbers = [0, *map(len, rows), 0]
    kept = (row for i, row in enumerate(rows) if short[i] or numbers[i + 1] in (numbers[i], numbers[i + 2]))
    return frozenset(place for row in kept for place in row)


# Places at which typography needs a certain space. Each group of a line gets one kind of space.
_GROUPS = (
    re.compile(rf"(?<=\S)[ {NO_BREAK}{NARROW}{THIN}](?=[;!?])"),
    re.compile(rf"(?<=\S)[ {NO_BREAK}{NARROW}{THIN}](?=:)"),
    re.compile(rf"(?<=\S)[ {NO_BREAK}{NARROW}{THIN}](?=[»›])"),
    re.compile(rf"(?<=[«‹])[ {NO_BREAK}{NARROW}{THIN}](?=\S)"),
    re.compile(rf"(?<=\S)[ {NO_BREAK}{NARROW}{THIN}](?=[%‰€])"),
    re.compile(rf"(?<=\d)[{_SEPARATING}](?=\d)"),
)


def alike(text: str) -> Iterator[CharacterEdit]:
    """Edits that give all spaces of a line the same kind where typography needs a certain space."""
    if SEPARATING.isdisjoint(text):
        return
    found: list[CharacterEdit] = []
    # A space may fit two groups, as in `« ?`. The first group owns it.
    owned: set[int] = set()
    for group in _GROUPS:
        places = [match.start() for match in group.finditer(text) if match.start() not in owned]
        owned.update(places)
        plain = sum(text[place] == " " for place in places)
        if min(plain, len(places) - plain) <= FEW:
            places = [place for place in places if text[place] != " "]
        kinds = {text[place] for place in places}
        if len(kinds) > 1:
            new = NARROW if NARROW in kinds else NO_BREAK
            found += (CharacterEdit(place, new, "space") for place in places if text[place] != new)
    yield from sorted(found)


def _lines(text: str) -> Iterator[CharacterEdit]:
    """Edits that leave one blank line where there are several."""
    for found in _EMPTY_LINES.finditer(text):
        yield from (CharacterEdit(place, "") for place in range(found.start() + 2, found.end()))
