"""Processes of an installation."""

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
"""A killed process is restarted after at most ten seconds, and then has to load."""


def find(whole: Whole, name: str) -> int:
    """Wait for the process of this name.

    Of several, return the youngest, which for a worker may be a photo's sandbox.
    """
    program, _, part = name.replace("'s", "").partition(" ")

    def look() -> list[int]:
        pids = whole.pids(program)
        return [pid for pid in pids if (_parent(pid) in pids) == (part == "child")]

    return until(look, REPLACED_S)[-1]


def family(pid: int) -> list[int]:
    """A process and all its descendants, itself first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        children.setdefault(_parent(int(folder.name)), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


@contextmanager
def held(pids: Sequence[int]) -> Iterator[list[int]]:
    """Handles (pidfd) of living processes. Unlike a process id, a handle is never reused."""
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
    """Send a signal to those that are still alive."""
    for handle in handles:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, number)


def _parent(pid: int) -> int:
    """Id of the parent process, or 0 if the process has exited."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
