"""What every process of ours can say of itself."""

import contextlib
from typing import Any

import psutil

from intake.version import VERSION


def read() -> dict[str, Any]:
    """`version`, and `memory` in bytes of this process and its children, of what they share each its part."""
    return {"version": VERSION, "memory": _memory(psutil.Process())}


def _memory(process: psutil.Process) -> int:
    found = 0
    for one in (process, *process.children(recursive=True)):
        # A child may end meanwhile; one that belongs to somebody else is not ours to look at.
        with contextlib.suppress(psutil.Error):
            found += one.memory_full_info().pss
    return found
