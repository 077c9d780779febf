"""Threads of one photo's job. They end with the sandboxed child, and share its limits of time and memory."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MOST = 4
"""Maximum threads for one photo. More would need more memory, and other photos need processors, too."""

First = TypeVar("First")
Second = TypeVar("Second")
Item = TypeVar("Item")


def count() -> int:
    """Number of threads for one photo: one for each processor that this process may use, at most MOST."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, MOST)


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """Call two functions at once, and return both results. Raises the exception of either."""
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(second)
        return first(), other.result()


def each(function: Callable[[Item], First], items: Sequence[Item]) -> list[First]:
    """Call a function with each item, all at once. Returns the results in order. Raises the exception of any."""
    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(function, items))
