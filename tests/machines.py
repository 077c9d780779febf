"""Processes as on several machines: each with a data folder of its own, all with the same servers and the same key."""

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
    """`shared` are the variables that all have; a machine is a folder below `folder`."""

    folder: Path
    shared: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def data(self, machine: str) -> Path:
        """The machine's data folder."""
        return self.folder / machine / "data"

    def log(self, machine: str) -> Path:
        """Output of the machine's processes."""
        return self.folder / machine / "log"

    def transom(self, machine: str, command: str, **env: str) -> subprocess.Popen[bytes]:
        """Start a command there."""
        return self.start(machine, [sys.executable, "-m", "intake", command], **env)

    def start(self, machine: str, argv: list[str], **env: str) -> subprocess.Popen[bytes]:
        """Start a program there."""
        self.log(machine).parent.mkdir(exist_ok=True)
        outside = {k: v for k, v in os.environ.items() if not k.startswith("TRANSOM_")}
        own = {"TRANSOM_DATA_DIR": str(self.data(machine)), **self.shared, **env}
        with self.log(machine).open("ab") as log:
            process = subprocess.Popen(argv, env={**outside, **own}, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def stop(self) -> None:
        """SIGTERM to all, and wait for them."""
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
    """Machines whose processes end with the block."""
    made = Machines(folder, shared)
    try:
        yield made
    finally:
        made.stop()
