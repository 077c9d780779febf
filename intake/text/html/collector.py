"""Python's garbage collector, paused while a text is cleaned."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MOST_CHARS = 200_000
"""Length up to which a text is cleaned without the collector. The garbage of a longer one would take too much memory."""


@contextmanager
def paused(text: str) -> Iterator[None]:
    """Pause the collector for the block. Looking through the trees of the parsers again and again took a sixteenth of the time."""
    if len(text) > MOST_CHARS or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
