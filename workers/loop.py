"""A process that does one thing again and again until it is asked to stop."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from intake.actions import heartbeat
from intake.db import transaction
from workers.monitor import EVERY_SECONDS

log = logging.getLogger(__name__)


def run(kind: str, turn: Callable[[], None], pause: Callable[[threading.Event], None]) -> None:
    """Call `turn` and `pause` in turns; while the database is away, wait a second and say so once."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    name, said, beaten = f"{kind}@{socket.gethostname()}", False, -EVERY_SECONDS
    started = False
    while not stop.is_set():
        try:
            if time.monotonic() - beaten >= EVERY_SECONDS:
                _say_alive(name, kind, first=not started)
                started, beaten = True, time.monotonic()
            turn()
            pause(stop)
            said = False
        except OperationalError:
            if not said:
                log.warning("%s: the database does not answer; trying again every second", kind)
            said = True
            stop.wait(1)


def _say_alive(name: str, kind: str, *, first: bool) -> None:
    with transaction() as session:
        (heartbeat.start if first else heartbeat.beat)(session, name, kind, {})
