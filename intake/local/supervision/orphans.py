"""Orphan processes: children that still run although supervisor and reaper were killed.

That happens, for example, after `killall -9 python`.
"""

import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from intake.local.supervision import reaper


@dataclass(frozen=True)
class OrphanList:
    """File that lists the running children of the supervisor.

    Each line has the start time of a child, a tab, and the line with which the supervisor reported the child to the
    reaper: `+ PID RANK SIGNAL GRACE` (see `reaper`). The start time is needed because process ids are reused.
    """

    path: Path

    def write(self, lines: list[str]) -> None:
        """Write the list. `lines` are the supervisor's reports to the reaper about the running children.

        Ignores errors such as a full disk, which must not end the supervisor. Overwrites the file in place.
        If the file were emptied first, another file could take its blocks on a full disk.
        """
        entries = [f"{born}\t{line}" for line in lines if (born := _start_time(line))]
        with (
            contextlib.suppress(OSError),
            open(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file,
        ):
            file.write("".join(entries))
            file.truncate()

    def stop(self) -> None:
        """Stop the listed processes that still run, by running the reaper on them. Then delete the file."""
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
    """Start time of the process in a line of the reaper, or None if the process has ended.

    The start time is the boot id of the machine and the start tick of the process (proc(5), field 22).
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        status = Path(f"/proc/{line.split()[1]}/stat").read_text()
    except (OSError, IndexError):
        return None
    return f"{boot}-{status.rpartition(')')[2].split()[19]}"
