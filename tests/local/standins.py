"""Small programs that stand in for the real ones and keep a journal."""

import os
import sys
from pathlib import Path
from typing import Any

from intake.local.supervision.process import ProcessSpec

CHILD = """
import os, signal, sys, time
name, journal, behaviour = sys.argv[1:4]
def note(word):
    with open(journal, "a") as file:
        file.write(f"{word} {name}\\n")
def leave(*_):
    if behaviour != "stubborn":
        note("stopped")
        sys.exit(0)
signal.signal(signal.SIGTERM, leave)
if behaviour == "parent" and os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    note("child-of")
note("started")
if behaviour == "brief":
    print("too short", flush=True)
    sys.exit(3)
if behaviour == "done":
    sys.exit(0)
print("hello from " + name, flush=True)
while True:
    time.sleep(60)
"""


class Journal:
    """Journal of the stand-ins, in order, as `started NAME` and `stopped NAME`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def lines(self) -> list[str]:
        """Entries so far."""
        return self.path.read_text().splitlines() if self.path.exists() else []

    def spec(self, name: str, behaviour: str = "plain", **options: Any) -> ProcessSpec:
        """Specification of a child that is ready once it has noted its start. Behaviours: plain, stubborn, parent,
        brief, done.
        """
        line = f"started {name}"
        before = self.lines.count(line)
        options.setdefault("ready", lambda: self.lines.count(line) > before)
        argv = [sys.executable, "-I", "-S", "-c", CHILD, name, str(self.path), behaviour]
        return ProcessSpec(name=name, argv=argv, **options)


def processes(marker: Path) -> dict[int, str]:
    """Other living processes whose command line or working folder contains `marker`."""
    found = {}
    for entry in Path("/proc").iterdir():
        if (
            entry.name.isdigit()
            and int(entry.name) != os.getpid()
            and (line := _speaks_of(entry, str(marker)))
        ):
            found[int(entry.name)] = line
    return found


def _speaks_of(entry: Path, marker: str) -> str | None:
    try:
        line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        where = str((entry / "cwd").readlink())
    except OSError:  # it ended meanwhile, or it is a zombie, which has no folder
        return None
    return line or "nameless" if marker in f"{line} {where}" else None
