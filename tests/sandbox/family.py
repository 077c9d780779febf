"""Processes of the sandbox, read from /proc."""

from pathlib import Path

from intake.sandbox import zygote
from tests.waiting import until


def server() -> int:
    """Process id of this process's fork server."""
    return zygote.current().pid


def children(pid: int) -> list[int]:
    """Children of a process, also those that ended and are not reaped."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def state(pid: int) -> str:
    """State of a process as one letter. Empty if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def is_started() -> bool:
    """Return whether this process has a fork server."""
    return zygote._current is not None


def end() -> None:
    """End this process's server, so that the usage of all its children counts as that of children of this process."""
    if is_started():
        ended = zygote.current()
        zygote._replace(ended)
        until(lambda: not state(ended.pid))
