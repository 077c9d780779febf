"""Description of the machine, published with the figures, which depend on it."""

import os
import platform
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Usable cores, name of the processor, Python version and platform."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "model": model(Path("/proc/cpuinfo").read_text()),
        "python": platform.python_version(),
        "platform": platform.platform(),
    }


def model(cpuinfo: str) -> str:
    """Name of the processor on x86, else its architecture."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def sentence(told: dict[str, Any]) -> str:
    """Description of the machine in one line."""
    return f"{told['model']}, {told['cores']} cores, Python {told['python']}, {told['platform']}"
