"""Where figures were taken: they mean nothing without it."""

import os
import platform
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Cores that we may use, the processor's name, Python's version, and the platform."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "model": model(Path("/proc/cpuinfo").read_text()),
        "python": platform.python_version(),
        "platform": platform.platform(),
    }


def model(cpuinfo: str) -> str:
    """The processor's name as x86 tells it; other processors tell none, so their architecture."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def sentence(told: dict[str, Any]) -> str:
    """The same in a line."""
    return f"{told['model']}, {told['cores']} cores, Python {told['python']}, {told['platform']}"
