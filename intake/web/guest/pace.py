"""Limit of requests for each reading link, and of requests with secrets that open nothing, in one web process."""

import threading
import time
from collections.abc import Callable

PER_MINUTE = 240
"""Requests for one link. A page with 30 photos may be loaded seven times."""
UNKNOWN_PER_MINUTE = 60
"""Requests with secrets that open nothing, all together. A valid link keeps working beyond it."""
MINUTE = 60.0
KEYS = 1000
"""Limit of counters in memory."""


class GuestPace:
    """Counter of requests in the present minute, by link."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._minute = 0.0
        self._counts: dict[int, int] = {}

    def is_exceeded(self, link_id: int | None) -> bool:
        """Count a request, and return whether it is one too many. `link_id` None is a secret that opens nothing."""
        key, most = (0, UNKNOWN_PER_MINUTE) if link_id is None else (link_id, PER_MINUTE)
        with self._lock:
            now = self._clock()
            if now - self._minute >= MINUTE or len(self._counts) >= KEYS:
                self._minute, self._counts = now, {}
            self._counts[key] = self._counts.get(key, 0) + 1
            return self._counts[key] > most
