"""Orphan processes: children that outlived both supervisor and reaper, as after `killall -9 python`."""

import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from intake.local.supervision import reaper


@dataclass(frozen=True)
class OrphanList:
    """List of running children on disk. Each line has the start time, because process ids are reused, then the
    reaper's line.
    """

    path: Path

    def write(self, lines: list[str]) -> None:
        """Write the running children in the reaper's format. Ignores a full disk, which must not end the
        supervisor.

        Overwrites the file in place, because on a full disk a freed block may be lost to another file.
        """
        entries = [f"{born}\t{line}" for line in lines if (born := _start_time(line))]
        with (
            contextlib.suppress(OSError),
            open(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file,
        ):
            file.write("".join(entries))
            file.truncate()

    def stop(self) -> None:
        """Stop the listed processes that still run, as the reaper would."""
        lines = [line for born, line in self._entries() if _start_time(line) == born]
        if lines:
            program = [sys.executable, "-I", "-S", reaper.__file__]
            subprocess.run(program, input="".join(lines), text=True, check=True)
        self.path.unlink(missing_ok=True)

    def _entries(self) -> list[tuple[str, str]]:
        if not self.path.exists():
            return []
        split = [line.partition("\t") for line in self.path.read_text().splitlines(keepends=True)]
        return [(born, line) for born, _, line in split]


def _start_time(line: str) -> str | None:
    """Boot id and start tick of the process in `line` (proc(5), field 22). None if it has ended."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        status = Path(f"/proc/{line.split()[1]}/stat").read_text()
    except (OSError, IndexError):
        return None
    return f"{boot}-{status.rpartition(')')[2].split()[19]}"
