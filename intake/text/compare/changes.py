"""What cleaning changed, for a person to read: both texts as text, the invisible characters by their names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from time import monotonic
from typing import Literal

from diff_match_patch import diff_match_patch

from intake.text.unicode.invisible import newlines
from intake.text.unicode.kinds import HIDDEN, UNWANTED

SECONDS = 2.0
"""For one text. What has no time left is told as one large change."""
AROUND = 60
"""Characters of unchanged text that are shown on either side of a change."""
MOST = 500
GAP = "\n…\n"
_INVISIBLE = re.compile(f"{HIDDEN.pattern}|{UNWANTED.pattern}")

Kind = Literal["same", "gone", "new", "gap"]
_KINDS: dict[int, Kind] = {-1: "gone", 0: "same", 1: "new"}


@dataclass(frozen=True)
class Change:
    """A piece of the text: the same before and after, gone, new, or a gap where nothing changed."""

    kind: Kind
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The difference, with some of what stands around each change; empty if there is none. Line ends do not count.

    At most MOST pieces: a last gap says that there are more.
    """
    pieces = list(_shortened(_merged(_differences(newlines(before), after))))
    if len(pieces) > MOST:
        return [*pieces[:MOST], Change("gap", GAP)]
    return pieces if any(piece.kind in {"gone", "new"} for piece in pieces) else []


def _differences(before: str, after: str) -> Iterator[tuple[int, str]]:
    """Line by line where the lines are the same in number, as in plain text; else as a whole."""
    engine, end = diff_match_patch(), monotonic() + SECONDS
    one, other = before.split("\n"), after.split("\n")
    if len(one) != len(other):
        one, other = [before], [after]
    for number, (old, new) in enumerate(zip(one, other, strict=True)):
        if number:
            yield 0, "\n"
        yield from _of_line(engine, old, new, end)


def _of_line(engine: diff_match_patch, old: str, new: str, end: float) -> Iterable[tuple[int, str]]:
    if old == new:
        return [(0, old)]
    left = end - monotonic()
    if left <= 0:
        return [(-1, old), (1, new)]
    engine.Diff_Timeout = left
    found: list[tuple[int, str]] = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(found)
    return found


def _merged(found: Iterable[tuple[int, str]]) -> Iterator[Change]:
    for sign, group in groupby(found, key=lambda one: one[0]):
        text = "".join(text for _, text in group)
        if text:
            yield Change(_KINDS[sign], text if sign == 0 else named(text))


def _shortened(found: Iterable[Change]) -> Iterator[Change]:
    pieces = list(found)
    for place, piece in enumerate(pieces):
        is_first, is_last = place == 0, place == len(pieces) - 1
        if piece.kind != "same" or len(piece.text) <= 3 * AROUND:
            yield piece
            continue
        if not is_first:
            yield Change("same", piece.text[:AROUND])
        yield Change("gap", GAP)
        if not is_last:
            yield Change("same", piece.text[-AROUND:])


def named(text: str) -> str:
    """The text with each invisible character as its number and name: `⟨U+200B zero width space⟩`."""
    return _INVISIBLE.sub(lambda found: "".join(map(_name, found.group())), text)


def _name(char: str) -> str:
    name = unicodedata.name(char, "").lower()
    return f"⟨U+{ord(char):04X}{' ' * bool(name)}{name}⟩"
