"""Difference between two sequences of hashable items, with a time limit."""

import time
from collections.abc import Hashable, Sequence
from typing import TypeVar

from diff_match_patch import diff_match_patch

SECONDS = 2.0
"""Time limit in seconds to compare two texts.

The rest of both texts is then reported as removed and added as a whole.
"""
_SURROGATES = 0xD800

T = TypeVar("T", bound=Hashable)


class Deadline:
    """Point in time after which the rest of a difference is not computed in detail."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = time.time() + seconds

    @property
    def at(self) -> float:
        """Deadline in seconds of `time.time`, as the library expects it."""
        return self._end

    @property
    def is_over(self) -> bool:
        """Return whether the deadline has passed."""
        return time.time() >= self._end


def difference(before: Sequence[T], after: Sequence[T], deadline: Deadline) -> list[tuple[int, slice, slice]]:
    """Steps from `before` to `after`, each with its slices of both sequences.

    A step is -1 for removed, 0 for unchanged, or 1 for added items.
    """
    codes: dict[T, str] = {}
    one, other = ("".join(_code(codes, item) for item in row) for row in (before, after))
    if deadline.is_over:
        found = [(-1, one), (1, other)]
    else:
        engine = diff_match_patch()
        found = engine.diff_main(one, other, checklines=False, deadline=deadline.at)
        engine.diff_cleanupSemantic(found)
    return _placed([(sign, len(text)) for sign, text in found if text])


def _code(codes: dict[T, str], item: T) -> str:
    """Encode an item as one letter, because the library compares strings."""
    number = len(codes) + 1
    return codes.setdefault(item, chr(number if number < _SURROGATES else number + 0x800))


def _placed(steps: list[tuple[int, int]]) -> list[tuple[int, slice, slice]]:
    placed, here, there = [], 0, 0
    for sign, length in steps:
        old, new = (0 if sign > 0 else length), (0 if sign < 0 else length)
        placed.append((sign, slice(here, here + old), slice(there, there + new)))
        here, there = here + old, there + new
    return placed
