"""Limits for slow clients: how slowly they may send or read before the server ends the connection."""

GRACE_SECONDS = 45.0
"""Longest pause of a client in seconds. Mobile networks and Tor circuits can stall for half a minute."""

LEAST_RATE = 1024
"""Smallest accepted rate in bytes per second. A Tor circuit carries 20 times as much, GPRS three times."""


class Pace:
    """Budget of seconds for which the server waits for a client. Each received byte refills it, up to `grace`.

    Only time spent waiting for the client counts, so a busy server disconnects nobody.
    """

    def __init__(self, grace: float = GRACE_SECONDS, least_rate: float = LEAST_RATE) -> None:
        self._grace, self._least_rate = grace, least_rate
        self.left = grace
        """Rest of the budget: seconds that the server will still wait."""
        self.size = 0
        """Bytes that have been received."""
        self.waited = 0.0
        """Seconds that the server has waited for the client."""

    def count(self, seconds: float, size: int) -> None:
        """Record `size` bytes that arrived after `seconds` of waiting."""
        self.size += size
        self.waited += seconds
        self.left = min(self._grace, self.left - seconds + size / self._least_rate)

    @property
    def rate(self) -> float:
        """Mean rate in bytes per second, over all the time that the server has waited for the client."""
        return self.size / max(self.waited, 0.001)
