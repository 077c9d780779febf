"""Simulate several machines by processes: each machine has its own data folder, and all share the servers and the key."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Machines:
    """Machines, each a folder below `folder`. `shared` are the environment variables of all processes."""

    folder: Path
    shared: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def data(self, machine: str) -> Path:
        """Data folder of a machine."""
        return self.folder / machine / "data"

    def log(self, machine: str) -> Path:
        """Output of the machine's processes."""
        return self.folder / machine / "log"

    def transom(self, machine: str, command: str, **env: str) -> subprocess.Popen[bytes]:
        """Start a `transom` command on a machine."""
        return self.start(machine, [sys.executable, "-m", "intake", command], **env)

    def start(self, machine: str, argv: list[str], **env: str) -> subprocess.Popen[bytes]:
        """Start a program on a machine."""
        self.log(machine).parent.mkdir(exist_ok=True)
        outside = {k: v for k, v in os.environ.items() if not k.startswith("TRANSOM_")}
        own = {"TRANSOM_DATA_DIR": str(self.data(machine)), **self.shared, **env}
        with self.log(machine).open("ab") as log:
            process = subprocess.Popen(argv, env={**outside, **own}, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def stop(self) -> None:
        """Send SIGTERM to all processes, and wait until they have exited."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def machines(folder: Path, shared: dict[str, str]) -> Iterator[Machines]:
    """Make machines whose processes are stopped at the end of the block."""
    made = Machines(folder, shared)
    try:
        yield made
    finally:
        made.stop()
