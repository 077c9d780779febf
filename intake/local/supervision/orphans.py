"""Children that outlived both their supervisor and its reaper, as after `killall -9 python`: found by a list on disk."""

import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from intake.local.supervision import reaper


@dataclass(frozen=True)
class Leftovers:
    """The list at `path`: a line for the reaper, then when that process was started, for numbers are given again."""

    path: Path

    def write(self, lines: list[str]) -> None:
        """Put down who is running, in the reaper's words. A disk that refuses it must not end the supervisor.

        Written over what is there: of a full disk a block that was given up may not be had again.
        """
        entries = [f"{born}\t{line}" for line in lines if (born := _born(line))]
        with (
            contextlib.suppress(OSError),
            open(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file,
        ):
            file.write("".join(entries))
            file.truncate()

    def stop(self) -> None:
        """Stop whoever of the list is still running, as the reaper would have done."""
        lines = [line for born, line in self._entries() if _born(line) == born]
        if lines:
            program = [sys.executable, "-I", "-S", reaper.__file__]
            subprocess.run(program, input="".join(lines), text=True, check=True)
        self.path.unlink(missing_ok=True)

    def _entries(self) -> list[tuple[str, str]]:
        if not self.path.exists():
            return []
        split = [line.partition("\t") for line in self.path.read_text().splitlines(keepends=True)]
        return [(born, line) for born, _, line in split]


def _born(line: str) -> str | None:
    """This boot and the tick of it at which the process of `line` was started (proc(5): field 22); None if it is gone."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        status = Path(f"/proc/{line.split()[1]}/stat").read_text()
    except (OSError, IndexError):
        return None
    return f"{boot}-{status.rpartition(')')[2].split()[19]}"
