"""The smallest text that still fails, since nobody can see what is wrong with 3,000 characters."""

import time
from collections.abc import Callable

TRIES, SECONDS = 600, 20.0
"""A large text is tried for as long as hundreds of others would be."""


def shrink(text: str, fails: Callable[[str], bool]) -> str:
    """The text less every part that it can lose and still fail, the largest parts first."""
    end, tries, size = time.monotonic() + SECONDS, 0, max(1, len(text) // 2)
    while size:
        at = 0
        while at < len(text) and tries < TRIES and time.monotonic() < end:
            shorter = text[:at] + text[at + size :]
            tries += 1
            if fails(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text
