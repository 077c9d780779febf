"""The difference between two rows of anything, within a time."""

import time
from collections.abc import Hashable, Sequence
from typing import TypeVar

from diff_match_patch import diff_match_patch

SECONDS = 2.0
"""For two whole texts. What has no time left is told as gone and new, whole."""
_SURROGATES = 0xD800

T = TypeVar("T", bound=Hashable)


class Deadline:
    """When to stop looking for a finer difference."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = time.time() + seconds

    @property
    def at(self) -> float:
        """In seconds of `time.time`, as the library wants it."""
        return self._end

    @property
    def is_over(self) -> bool:
        """Whether there is no time left."""
        return time.time() >= self._end


def difference(before: Sequence[T], after: Sequence[T], deadline: Deadline) -> list[tuple[int, slice, slice]]:
    """Steps from one to the other: -1 gone, 0 the same, 1 new, with where that is in either."""
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
    """A letter for each item: the library compares texts."""
    number = len(codes) + 1
    return codes.setdefault(item, chr(number if number < _SURROGATES else number + 0x800))


def _placed(steps: list[tuple[int, int]]) -> list[tuple[int, slice, slice]]:
    placed, here, there = [], 0, 0
    for sign, length in steps:
        old, new = (0 if sign > 0 else length), (0 if sign < 0 else length)
        placed.append((sign, slice(here, here + old), slice(there, there + new)))
        here, there = here + old, there + new
    return placed
