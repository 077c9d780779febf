"""Faults for an installation."""

import contextlib
import os
import shutil
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import redis

from tests.chaos.fire import target
from tests.chaos.fire.disk import Disk
from tests.waiting import until
from tests.whole import Whole

FILL = "disk full"
ANSWERS_S = 60
"""Seconds for which a stopped or killed broker is polled until it answers."""


@dataclass(frozen=True)
class Battlefield:
    """Installation and disk. Lasting faults end early once `over` is set."""

    whole: Whole
    disk: Disk
    over: threading.Event = field(default_factory=threading.Event)


Fault = Callable[[Battlefield, float], None]


def kill(name: str, field: Battlefield, _seconds: float = 0) -> None:
    """Send SIGKILL. PostgreSQL is killed with its children, which would otherwise shut down cleanly."""
    pid = target.find(field.whole, name)
    with target.held(target.family(pid) if name == "postgres" else [pid]) as handles:
        target.tell(handles, signal.SIGKILL)


def stop(name: str, field: Battlefield, seconds: float) -> None:
    """Send SIGSTOP to a process and its children, and SIGCONT after some seconds."""
    pid = target.find(field.whole, name)
    with target.held([pid]) as eldest:
        target.tell(eldest, signal.SIGSTOP)  # first, so that it starts no more children
        with target.held(target.family(pid)) as handles:
            try:
                target.tell(handles, signal.SIGSTOP)
                field.over.wait(seconds)
            finally:
                target.tell(handles, signal.SIGCONT)
                target.tell(eldest, signal.SIGCONT)


def flush(field: Battlefield, _seconds: float = 0) -> None:
    """Send FLUSHALL. The broker forgets everything, but is not restarted."""
    socket = str(field.whole.settings.run_dir / "valkey.sock")

    def forgotten() -> bool:
        client = redis.Redis(unix_socket_path=socket, socket_timeout=2)
        with contextlib.closing(client), contextlib.suppress(redis.RedisError, OSError):
            return bool(client.flushall())
        return False

    until(forgotten, ANSWERS_S)


def wipe(field: Battlefield, _seconds: float = 0) -> None:
    """Kill the broker and delete its data before it restarts. The supervisor is stopped meanwhile."""
    # Wait until the broker runs: a stopped supervisor would not start it.
    target.find(field.whole, "valkey")
    os.kill(field.whole.process.pid, signal.SIGSTOP)
    try:
        kill("valkey", field)
        shutil.rmtree(field.whole.settings.data_dir / "valkey")
    finally:
        os.kill(field.whole.process.pid, signal.SIGCONT)


def fill(field: Battlefield, seconds: float) -> None:
    """Fill the data folder's disk for some seconds."""
    field.disk.fill(field.over, seconds)


SUDDEN: dict[str, Fault] = {
    **{f"SIGKILL {name}": partial(kill, name) for name in target.NAMES},
    "broker flushed": flush,
    "broker's data removed": wipe,
}
LASTING: dict[str, Fault] = {
    **{f"SIGSTOP {name}": partial(stop, name) for name in target.NAMES},
    FILL: fill,
}
