"""Which processes of an installation are meant."""

import contextlib
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import until
from tests.whole import Whole

NAMES = (
    "worker",
    "worker's child",
    "relay",
    "scheduler",
    "web master",
    "web child",
    "valkey",
    "postgres",
)
REPLACED_S = 30
"""One that was just killed comes back after ten seconds at the most, and then has to load itself."""


def find(whole: Whole, name: str) -> int:
    """The process of this name, once there is one; of several the youngest, which for a worker may be a photo's sandbox."""
    program, _, part = name.replace("'s", "").partition(" ")

    def look() -> list[int]:
        pids = whole.pids(program)
        return [pid for pid in pids if (_parent(pid) in pids) == (part == "child")]

    return until(look, REPLACED_S)[-1]


def family(pid: int) -> list[int]:
    """The process and all that descend from it, itself first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        children.setdefault(_parent(int(folder.name)), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


@contextmanager
def held(pids: Sequence[int]) -> Iterator[list[int]]:
    """Handles of those that still live: a number may be given to another process, a handle never is."""
    handles = []
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            handles.append(os.pidfd_open(pid))
    try:
        yield handles
    finally:
        for handle in handles:
            os.close(handle)


def tell(handles: Sequence[int], number: signal.Signals) -> None:
    """Send a signal to those that still live."""
    for handle in handles:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, number)


def _parent(pid: int) -> int:
    """Its parent's number; 0 for one that is gone."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
