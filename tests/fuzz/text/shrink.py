"""Reduction of a failing text to a small one that still fails, so that a person can see the fault."""

import time
from collections.abc import Callable

TRIES, SECONDS = 600, 20.0
"""Limits on attempts and time, because one large text would take as long as hundreds of other inputs."""


def shrink(text: str, fails: Callable[[str], bool]) -> str:
    """The text without all parts that are not needed for the failure. Tries to remove the largest parts first."""
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
