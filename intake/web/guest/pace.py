"""Rate limit of requests for each reading link, and of requests with invalid secrets, in one web process."""

import threading
import time
from collections.abc import Callable

PER_MINUTE = 240
"""Requests for one link. A page with 30 photos may be loaded seven times."""
UNKNOWN_PER_MINUTE = 60
"""Limit for all requests with invalid secrets together. Valid links work even if this limit is exceeded."""
MINUTE = 60.0
KEYS = 1000
"""Largest number of counters in memory. Beyond it, all counters start anew."""


class GuestPace:
    """Counter of requests in the current minute, by link."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._minute = 0.0
        self._counts: dict[int, int] = {}

    def is_exceeded(self, link_id: int | None) -> bool:
        """Count a request, and return whether it exceeds the limit. `link_id` is None for an invalid secret."""
        key, most = (0, UNKNOWN_PER_MINUTE) if link_id is None else (link_id, PER_MINUTE)
        with self._lock:
            now = self._clock()
            if now - self._minute >= MINUTE or len(self._counts) >= KEYS:
                self._minute, self._counts = now, {}
            self._counts[key] = self._counts.get(key, 0) + 1
            return self._counts[key] > most
