"""How slowly a client may send or read, before the server ends the connection."""

GRACE_SECONDS = 45.0
"""Longest pause, in seconds. Mobile networks and circuits of Tor pause for half a minute and go on."""

LEAST_RATE = 1024
"""Least number of bytes per second. A circuit of Tor carries 20 times as much, GPRS three times."""


class Pace:
    """Seconds that a client may let the server wait. Each byte earns a part of a second, up to the grace.

    Only the time in which the server waits for the client counts, so a busy server cuts nobody off.
    """

    def __init__(self, grace: float = GRACE_SECONDS, least_rate: float = LEAST_RATE) -> None:
        self._grace, self._least_rate = grace, least_rate
        self.left = grace
        """Seconds that the client may still let the server wait."""
        self.size = 0
        """Bytes that have come."""
        self.waited = 0.0
        """Seconds that the server has waited for the client."""

    def count(self, seconds: float, size: int) -> None:
        """Count `size` bytes that came after `seconds` of waiting."""
        self.size += size
        self.waited += seconds
        self.left = min(self._grace, self.left - seconds + size / self._least_rate)

    @property
    def rate(self) -> float:
        """Bytes per second, counted from the beginning."""
        return self.size / max(self.waited, 0.001)
