"""Pair the passages of two texts: identical passages first, then passages that share most words."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from intake.text.compare.engine import Deadline, difference
from intake.text.compare.passages import Passage

P = TypeVar("P", bound=Passage)
Pair = tuple[P | None, P | None]
MIN_SIMILARITY = 0.4
"""Minimum share of common words for two passages to count as one changed passage."""
MOST = 40_000
"""Maximum number of pairs of passages to score in the stretch between two identical passages.

If there are more, passages are paired by position, or not at all if their numbers differ.
"""


def align(before: Sequence[P], after: Sequence[P], deadline: Deadline) -> Iterator[Pair[P]]:
    """Pairs of old and new passages in reading order. None stands for a passage that one text lacks."""
    gone: list[P] = []
    new: list[P] = []
    for sign, old, other in difference(before, after, deadline):
        if sign:
            gone += before[old]
            new += after[other]
            continue
        yield from _stretch(gone, new)
        gone, new = [], []
        yield from zip(before[old], after[other], strict=True)
    yield from _stretch(gone, new)


def _stretch(gone: list[P], new: list[P]) -> Iterator[Pair[P]]:
    here, there = 0, 0
    for old, other in [*_pairs(gone, new), (len(gone), len(new))]:
        yield from ((one, None) for one in gone[here:old])
        yield from ((None, one) for one in new[there:other])
        if old < len(gone):
            yield gone[old], new[other]
        here, there = old + 1, other + 1


def _pairs(gone: Sequence[Passage], new: Sequence[Passage]) -> list[tuple[int, int]]:
    """Index pairs with the highest total similarity (computed like a longest common subsequence)."""
    if len(gone) * len(new) > MOST:
        return [(i, i) for i in range(min(len(gone), len(new)))] if len(gone) == len(new) else []
    ours, theirs = [_words(one) for one in gone], [_words(one) for one in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(gone) + 1)]
    for i in range(len(gone) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = similarity(ours[i], theirs[j]) + best[i + 1][j + 1]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return _path(best, ours, theirs)


def _path(
    best: list[list[float]], ours: list[frozenset[str]], theirs: list[frozenset[str]]
) -> list[tuple[int, int]]:
    i, j, path = 0, 0, []
    while i < len(ours) and j < len(theirs):
        like = similarity(ours[i], theirs[j])
        if like and best[i][j] == like + best[i + 1][j + 1]:
            path.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return path


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of common words (Dice coefficient), from 0 to 1. Returns 0 below MIN_SIMILARITY."""
    together = len(one) + len(other)
    like = 2 * len(one & other) / together if together else 1.0
    return like if like >= MIN_SIMILARITY else 0.0


def _words(passage: Passage) -> frozenset[str]:
    return frozenset(token.text for token in passage.tokens if token.text.strip())
