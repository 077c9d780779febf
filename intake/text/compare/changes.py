"""Differences between a raw and a cleaned text, as plain text with invisible characters spelled out."""

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
"""Time limit in seconds to compare one text. The rest of the text is then reported as one large change."""
AROUND = 60
"""Characters of unchanged text shown before and after a change."""
MOST = 500
GAP = "\n…\n"
_INVISIBLE = re.compile(f"{HIDDEN.pattern}|{UNWANTED.pattern}")

Kind = Literal["same", "gone", "new", "gap"]
_KINDS: dict[int, Kind] = {-1: "gone", 0: "same", 1: "new"}


@dataclass(frozen=True)
class DiffPart:
    """One part of the difference: unchanged, removed, added, or a gap that stands for unchanged text."""

    kind: Kind
    text: str


def changes(before: str, after: str) -> list[DiffPart]:
    """Difference between two texts with some context, ignoring line endings. Empty if they are equal.

    Returns at most MOST parts. A final part of kind `gap` means that there are more.
    """
    parts = list(_shortened(_merged(_differences(newlines(before), after))))
    if len(parts) > MOST:
        return [*parts[:MOST], DiffPart("gap", GAP)]
    return parts if any(part.kind in {"gone", "new"} for part in parts) else []


def _differences(before: str, after: str) -> Iterator[tuple[int, str]]:
    """Compare line by line if both texts have equally many lines, which is usual for plain text.

    Otherwise compare the whole texts at once.
    """
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


def _merged(found: Iterable[tuple[int, str]]) -> Iterator[DiffPart]:
    for sign, group in groupby(found, key=lambda one: one[0]):
        text = "".join(text for _, text in group)
        if text:
            yield DiffPart(_KINDS[sign], text if sign == 0 else named(text))


def _shortened(found: Iterable[DiffPart]) -> Iterator[DiffPart]:
    parts = list(found)
    for place, part in enumerate(parts):
        is_first, is_last = place == 0, place == len(parts) - 1
        if part.kind != "same" or len(part.text) <= 3 * AROUND:
            yield part
            continue
        if not is_first:
            yield DiffPart("same", part.text[:AROUND])
        yield DiffPart("gap", GAP)
        if not is_last:
            yield DiffPart("same", part.text[-AROUND:])


def named(text: str) -> str:
    """Replace each invisible character by its code point and name: `⟨U+200B zero width space⟩`."""
    return _INVISIBLE.sub(lambda found: "".join(map(_name, found.group())), text)


def _name(char: str) -> str:
    name = unicodedata.name(char, "").lower()
    return f"⟨U+{ord(char):04X}{' ' * bool(name)}{name}⟩"
