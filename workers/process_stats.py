"""Version and memory use of this process and its children."""

import contextlib
from typing import Any

import psutil

from intake.version import VERSION


def read() -> dict[str, Any]:
    """Return `version` of Transom, and `memory` in bytes of this process and its children.

    Memory is the proportional set size (PSS): a page shared by n processes counts 1/n in each of them.
    """
    return {"version": VERSION, "memory": _memory(psutil.Process())}


def _memory(process: psutil.Process) -> int:
    found = 0
    for one in (process, *process.children(recursive=True)):
        # A child may have exited since it was listed, or belong to another user.
        with contextlib.suppress(psutil.Error):
            found += one.memory_full_info().pss
    return found
