"""Refusals of requests while the server has no capacity for them, and counts of the refusals."""

import threading
from collections import Counter


class Busy(Exception):
    """No thread is free for a kind of request. The error page asks to try again in half a minute."""


_lock = threading.Lock()
_counts: Counter[str] = Counter()


def count(event: str, number: int = 1) -> None:
    """Count a refusal, one of models.heartbeat.WEB_EVENTS. The web server stores the counts (see server/load.py)."""
    with _lock:
        _counts[event] += number


def take_counts() -> dict[str, int]:
    """Return the counts of this process since the last call."""
    with _lock:
        taken = dict(_counts)
        _counts.clear()
    return taken
