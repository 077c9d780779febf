"""How long to wait before a child is started again."""

import time

FIRST = 0.1
LONGEST = 10.0
STEADY = 10.0


class Backoff:
    """Doubles from a tenth of a second up to ten; a child that ran for ten seconds starts from the beginning."""

    def __init__(self) -> None:
        self._delay = FIRST
        self._due = 0.0

    def after(self, age: float) -> float:
        """Note that a child ended after `age` seconds; the seconds to wait."""
        if age > STEADY:
            self._delay = FIRST
        delay, self._delay = self._delay, min(self._delay * 2, LONGEST)
        self._due = time.monotonic() + delay
        return delay

    def left(self) -> float:
        """Seconds until the next start is due; not above zero when it is."""
        return self._due - time.monotonic()
