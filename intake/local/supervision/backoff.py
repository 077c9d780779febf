"""Delay before a child is restarted."""

import time

FIRST = 0.1
LONGEST = 10.0
STEADY = 10.0


class Backoff:
    """Delay that doubles from 0.1 to 10 seconds. It is 0.1 seconds again after a child ran for 10 seconds."""

    def __init__(self) -> None:
        self._delay = FIRST
        self._due = 0.0

    def after(self, age: float) -> float:
        """Record that a child ended after it ran for `age` seconds. Returns the seconds until its restart."""
        if age > STEADY:
            self._delay = FIRST
        delay, self._delay = self._delay, min(self._delay * 2, LONGEST)
        self._due = time.monotonic() + delay
        return delay

    def left(self) -> float:
        """Seconds until the restart is due. Zero or negative if the restart is due."""
        return self._due - time.monotonic()
