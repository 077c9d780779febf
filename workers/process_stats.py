"""Version and memory use of this process and its children."""

import contextlib
from typing import Any

import psutil

from intake.version import VERSION


def read() -> dict[str, Any]:
    """Return `version`, and `memory` in bytes of this process and its children.

    Memory is the proportional set size: each process counts its share of shared pages.
    """
    return {"version": VERSION, "memory": _memory(psutil.Process())}


def _memory(process: psutil.Process) -> int:
    found = 0
    for one in (process, *process.children(recursive=True)):
        # A child may exit in the meantime, or belong to another user.
        with contextlib.suppress(psutil.Error):
            found += one.memory_full_info().pss
    return found
