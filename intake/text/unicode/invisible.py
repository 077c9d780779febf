"""Removal of characters that hide, track or reorder text. Characters that a script needs stay.

Spaces, hyphens and letters that look alike are unified, because the choice among them can be a watermark. The
rules follow Unicode 17: UAX 9 (direction), chapter 23 (format characters, variation selectors), UTS 51 (emoji).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from intake.text.unicode import emoji, flags, joiners, lookalikes, punctuation, spaces, tables, twins
from intake.text.unicode.directions import idle_marks
from intake.text.unicode.edits import CharacterEdit, apply
from intake.text.unicode.isolates import is_right_to_left, superfluous_isolates
from intake.text.unicode.kinds import CONTEXTUAL, HIDDEN, INVISIBLE, UNWANTED, kind
from intake.text.unicode.spaces import Layout
from intake.text.unicode.variations import superfluous_variations

# Maximum number of passes. Ordinary text needs two or three. A crafted mix of combining marks and fillers may
# need more.
PASSES = 12

_LINES = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_EDGES = "\n\u2028"
_EDGE = re.compile(f"[{_EDGES}]")
# Four combining marks → two marks each. Both forms are canonically equivalent, and NFC never composes the two
# (CompositionExclusions.txt).
_TWOFOLD = {0x344: "\u0308\u0301", 0xF73: "\u0f71\u0f72", 0xF75: "\u0f71\u0f74", 0xF81: "\u0f71\u0f80"}


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text, counts of removed characters by kind, and flags."""

    text: str
    removed: Counter[str] = field(default_factory=Counter)
    flags: list[str] = field(default_factory=list)


def clean(text: str, layout: Layout = Layout.LINES) -> Cleaned:
    """Apply all rules of this module and NFC to a plain text of any length. The function is idempotent."""
    removed: Counter[str] = Counter()
    (result,) = clean_runs([newlines(text)], removed, layout)
    return Cleaned(result, removed, flags.kinds(result))


def clean_runs(runs: Sequence[str], removed: Counter[str], layout: Layout = Layout.LINES) -> list[str]:
    """Clean the runs of one paragraph, such as its plain and bold parts. Adds the counts to `removed`.

    Each character is judged by its neighbours, also across runs.

    U+2028 ends a line inside the paragraph, so that callers may use it as a line break.
    """
    text = "".join(runs)
    if is_simple(text, layout):
        return list(runs)
    chars = set(text)
    has_invisible = not INVISIBLE.isdisjoint(chars)
    current = [_nfc(_plain(run, removed) if has_invisible else run) for run in runs]
    for _ in range(PASSES):
        if (joined := "".join(current)) != text:
            text, chars = joined, set(joined)
        edits = _edits(text, chars, layout)
        if not edits:
            return current
        current = [_nfc(run) for run in apply(current, edits)]
        removed.update(edit.kind for edit in edits if edit.kind)
    return [_nfc(HIDDEN.sub("", run)) for run in current]


def is_simple(text: str, layout: Layout) -> bool:
    """Return whether no rule can apply to a text, by a quick test."""
    if not text.isascii() or "  " in text:
        return False
    if layout is not Layout.FLOW and "\n" in text and " \n" not in text and "\n\n\n" not in text:
        text = text.replace("\n", "")
    return text.isprintable()


def _nfc(text: str) -> str:
    """Normalize to NFC. Combining marks are sorted first.

    Otherwise `unicodedata.normalize` takes 30 s for thousands of marks on one letter.
    """
    if text.isascii():
        return text
    marks = tables.points("mark").intersection(text)
    if len({unicodedata.combining(char) for char in marks} - {0}) > 1 or not _TWOFOLD.keys().isdisjoint(
        map(ord, marks)
    ):
        runs = groupby(text.translate(_TWOFOLD), lambda char: unicodedata.combining(char) != 0)
        text = "".join("".join(sorted(g, key=unicodedata.combining) if marks else g) for marks, g in runs)
    return unicodedata.normalize("NFC", text)


def newlines(text: str) -> str:
    """Convert all line endings to LF: CRLF, CR, vertical tab, form feed, and Unicode's line and paragraph
    separators.
    """
    # Most texts have only LF, and a substring test takes a tenth of the time of the regular expression.
    if "\r" in text or "\x0b" in text or "\x0c" in text or "\u2028" in text or "\u2029" in text:
        return _LINES.sub("\n", text)
    return text


def bare(text: str) -> str:
    """Remove every invisible character, even if a script needs it. Used for addresses of links."""
    return text if text.isascii() and text.isprintable() else HIDDEN.sub("", UNWANTED.sub("", text))


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


def _edits(text: str, chars: set[str], layout: Layout) -> list[CharacterEdit]:
    """Edits of one pass. Removals come first, because they give other characters new neighbours."""
    if not INVISIBLE.isdisjoint(chars) and (cuts := _cuts(text)):
        return [CharacterEdit(place, "", kind(text[place])) for place in cuts]
    if spaces.may_edit(text, chars) and (found := spaces.edits(text, layout)):
        return found
    for rule, signs in _RULES_OF_SIGNS:
        if not signs.isdisjoint(chars) and (found := list(_by_line(text, layout, rule))):
            return found
    if twins.may_edit(chars) and (found := list(_by_line(text, layout, twins.edits))):
        return found
    return list(_by_line(text, layout, lookalikes.edits)) if lookalikes.has_several(chars) else []


_RULES_OF_SIGNS = (
    (spaces.alike, spaces.SEPARATING),
    (punctuation.edits, punctuation.SUSPECT),
    (emoji.edits, emoji.SIGNS),
)
"""Rules that judge each line by itself, each with the characters of which it needs at least one."""
_LINE, _LINE_OF_HTML = re.compile("[^\n\u2028]+"), re.compile("[^\u2028]+")


def _by_line(
    text: str, layout: Layout, rule: Callable[[str], Iterable[CharacterEdit]]
) -> Iterator[CharacterEdit]:
    """Edits of a rule that judges each line by itself.

    A plain text is cleaned as a whole and its HTML by paragraph, with the same result.
    """
    lines = _LINE_OF_HTML if layout is Layout.FLOW else _LINE
    for line in lines.finditer(text):
        start = line.start()
        yield from (CharacterEdit(start + place, new, kind) for place, new, kind in rule(line.group()))


def _cuts(text: str) -> list[int]:
    """Positions of the characters to remove, ascending."""
    found = {*superfluous_isolates(text), *superfluous_variations(text), *idle_marks(text)}
    return sorted(found) or list(_run_cuts(text))


def _run_cuts(text: str) -> Iterator[int]:
    """Positions of characters to remove.

    Each run of invisible characters is judged by the visible characters around it.
    """
    base, seen, paragraph_end, right_to_left = "", 0, -1, False
    marks = tables.points("mark")
    for found in CONTEXTUAL.finditer(text):
        start, end = found.span()
        base = next((text[i] for i in range(start - 1, seen - 1, -1) if text[i] not in marks), base)
        if start >= paragraph_end:
            begin, paragraph_end = _paragraph(text, start, max(paragraph_end, 0))
            right_to_left = is_right_to_left(text[begin:paragraph_end])
        left, right = _visible(text[start - 1 : start]), _visible(text[end : end + 1])
        place = joiners.RunContext(left, _visible(base), right, right_to_left)
        seen = end
        yield from _removed_positions(found.group(), joiners.needed_part(found.group(), place), start)


def _visible(char: str) -> str:
    return "" if char in _EDGES else char


def _paragraph(text: str, place: int, after: int) -> tuple[int, int]:
    """Start and end of the paragraph around the position `place`.

    The search does not go back beyond `after`, so that all calls together scan each character once.
    """
    begin = max(max(text.rfind(edge, after, place) for edge in _EDGES) + 1, after)
    found = _EDGE.search(text, place)
    return begin, found.start() if found else len(text)


def _removed_positions(run: str, kept: str, start: int) -> Iterator[int]:
    place = 0
    for offset, char in enumerate(run):
        if kept.startswith(char, place):
            place += 1
        else:
            yield start + offset
