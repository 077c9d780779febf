"""Client of the reaper: tells it which children to stop, and restarts it if it is killed."""

import os
import subprocess
import sys

from intake.local.supervision import reaper
from intake.local.supervision.orphans import OrphanList
from intake.local.supervision.process import ChildProcess


class ReaperClient:
    """Holder of the only write end of the reaper's pipe.

    `keep` are file descriptors that the reaper holds open until it ends. `orphans` is the list to use if the reaper
    is killed together with the supervisor.
    """

    def __init__(self, *keep: int, orphans: OrphanList | None = None) -> None:
        self._keep = keep
        self._orphans = orphans
        self._held: dict[int, str] = {}
        self._reaper = self._start()

    @property
    def pid(self) -> int:
        """Process id of the reaper."""
        return self._reaper.pid

    def hold(self, child: ChildProcess, rank: int) -> None:
        """Have the reaper stop `child` if the supervisor dies. The child with the highest rank is stopped first."""
        line = f"+ {child.pid} {rank} {int(child.spec.stop_signal)} {child.spec.grace}\n"
        self._held[child.pid] = line
        self._tell(line)

    def release(self, child: ChildProcess) -> None:
        """Tell the reaper that `child` has ended."""
        if self._held.pop(child.pid, None):
            self._tell(f"- {child.pid}\n")

    def mend(self) -> None:
        """Start a new reaper if this one is gone."""
        if self._reaper.poll() is not None:
            os.close(self._pipe)
            self._reaper = self._start()
            for line in self._held.values():
                os.write(self._pipe, line.encode())

    def close(self) -> None:
        """End the reaper, which stops the children still held."""
        os.close(self._pipe)
        self._reaper.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        reader, self._pipe = os.pipe()  # neither end is inherited but where we say so
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", reaper.__file__],
                stdin=reader,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C at the terminal is not for it
                pass_fds=self._keep,
            )
        finally:
            os.close(reader)

    def _tell(self, line: str) -> None:
        if self._orphans:
            self._orphans.write(list(self._held.values()))
        try:
            os.write(self._pipe, line.encode())
        except BrokenPipeError:
            self._reaper.wait()
            self.mend()
