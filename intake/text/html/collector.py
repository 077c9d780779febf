"""Python's garbage collector, paused while a text is cleaned."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MOST_CHARS = 200_000
"""Maximum length of a text cleaned with the collector paused. The garbage of longer texts takes too much memory."""


@contextmanager
def paused(text: str) -> Iterator[None]:
    """Pause the collector for the `with` block. Repeated scans of the parsers' trees took 1/16 of the cleaning time."""
    if len(text) > MOST_CHARS or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
