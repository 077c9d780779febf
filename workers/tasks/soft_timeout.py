"""Soft timeout for a block, by SIGALRM. Fires before Celery's hard time limit."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

REPEAT_SECONDS = 1.0
"""Interval at which the exception is raised again, in case a library swallowed it."""


class SoftTimeout(Exception):
    """The block under `soft_timeout` took longer than its limit."""


@contextlib.contextmanager
def soft_timeout(seconds: float) -> Iterator[None]:
    """Raise SoftTimeout in the block after `seconds`. Has no effect outside the main thread.

    The exception is raised only when running C code returns. Celery's hard time limit ends code that never
    returns.
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
