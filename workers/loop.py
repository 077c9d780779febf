"""Main loop of the relay and of the scheduler, until a signal stops them."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

from intake.db import DatabaseUnavailable, transaction
from intake.jobs import processes
from intake.models.heartbeat import HEARTBEAT_SECONDS
from workers import process_stats

log = logging.getLogger(__name__)


class HeartbeatWriter:
    """Writes the heartbeat of this process to the database, at most every HEARTBEAT_SECONDS.

    `details` returns the part of the heartbeat that only this kind of process has.
    """

    def __init__(self, kind: str, details: Callable[[], dict[str, Any]]) -> None:
        self._kind, self._name, self._details = kind, f"{kind}@{socket.gethostname()}", details
        self._last: float | None = None

    def beat(self) -> None:
        """Write a heartbeat if HEARTBEAT_SECONDS have passed. The first heartbeat records the start time."""
        now = time.monotonic()
        if self._last is not None and now - self._last < HEARTBEAT_SECONDS:
            return
        with transaction() as session:
            write = processes.start if self._last is None else processes.beat
            write(session, self._name, self._kind, process_stats.read() | self._details())
        self._last = now


def run(
    kind: str,
    turn: Callable[[], None],
    pause: Callable[[threading.Event], None],
    details: Callable[[], dict[str, Any]] = dict,
) -> None:
    """Write a heartbeat, call `turn` and `pause`, and repeat until SIGTERM or SIGINT.

    While the database is unavailable, retry every second, and log the outage once. `details` returns the part
    of the heartbeat that only this kind of process has.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    heartbeat, said = HeartbeatWriter(kind, details), False
    while not stop.is_set():
        try:
            heartbeat.beat()
            turn()
            pause(stop)
            said = False
        except (DatabaseUnavailable, psycopg.OperationalError):
            if not said:
                log.warning("%s: the database does not answer; trying again every second", kind)
            said = True
            stop.wait(1)
