"""How long a piece of work may take before its worker gives it up by itself, long before Celery ends the worker."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

REPEAT_SECONDS = 1.0
"""Seconds until it is said once more, should a library have swallowed it."""


class SoftTimeout(Exception):
    """The time is over."""


@contextlib.contextmanager
def soft_timeout(seconds: float) -> Iterator[None]:
    """Raise TooLong in the block once it has taken so long. Only a process's main thread can be told: others go on.

    What runs in C hears of it when it comes back; for what never does there is Celery's hard limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise SoftTimeout

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
