"""What is done to an installation."""

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
"""A broker that was just stopped or killed is asked again for so long."""


@dataclass(frozen=True)
class Battlefield:
    """The installation, its disk, and whether it is `over`: then nothing lasts any longer."""

    whole: Whole
    disk: Disk
    over: threading.Event = field(default_factory=threading.Event)


Fault = Callable[[Battlefield, float], None]


def kill(name: str, field: Battlefield, _seconds: float = 0) -> None:
    """SIGKILL; to PostgreSQL with all its children, which else would notice and end in peace."""
    pid = target.find(field.whole, name)
    with target.held(target.family(pid) if name == "postgres" else [pid]) as handles:
        target.tell(handles, signal.SIGKILL)


def stop(name: str, field: Battlefield, seconds: float) -> None:
    """SIGSTOP with all its children, and SIGCONT after so long."""
    pid = target.find(field.whole, name)
    with target.held([pid]) as eldest:
        target.tell(eldest, signal.SIGSTOP)  # first: from here it makes no more children
        with target.held(target.family(pid)) as handles:
            try:
                target.tell(handles, signal.SIGSTOP)
                field.over.wait(seconds)
            finally:
                target.tell(handles, signal.SIGCONT)
                target.tell(eldest, signal.SIGCONT)


def flush(field: Battlefield, _seconds: float = 0) -> None:
    """FLUSHALL: the broker forgets everything and goes on as the same run."""
    socket = str(field.whole.settings.run_dir / "valkey.sock")

    def forgotten() -> bool:
        client = redis.Redis(unix_socket_path=socket, socket_timeout=2)
        with contextlib.closing(client), contextlib.suppress(redis.RedisError, OSError):
            return bool(client.flushall())
        return False

    until(forgotten, ANSWERS_S)


def wipe(field: Battlefield, _seconds: float = 0) -> None:
    """Kill the broker, and remove its data before it comes back: the supervisor is held meanwhile."""
    target.find(field.whole, "valkey")  # while it is held, the supervisor brings back none that is away
    os.kill(field.whole.process.pid, signal.SIGSTOP)
    try:
        kill("valkey", field)
        shutil.rmtree(field.whole.settings.data_dir / "valkey")
    finally:
        os.kill(field.whole.process.pid, signal.SIGCONT)


def fill(field: Battlefield, seconds: float) -> None:
    """The data folder's disk has no room for so long."""
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
