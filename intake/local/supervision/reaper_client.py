"""The supervisor's end of the reaper: tells it whom to stop, and starts another if it is killed."""

import os
import subprocess
import sys

from intake.local.supervision import reaper
from intake.local.supervision.orphans import Leftovers
from intake.local.supervision.process import Process


class Leash:
    """Holds the only write end of the reaper's pipe.

    `keep` are descriptors that the reaper holds open until its work is done; `leftovers` is the list for the case that
    it is killed together with us.
    """

    def __init__(self, *keep: int, leftovers: Leftovers | None = None) -> None:
        self._keep = keep
        self._leftovers = leftovers
        self._held: dict[int, str] = {}
        self._reaper = self._start()

    @property
    def pid(self) -> int:
        """The reaper's process."""
        return self._reaper.pid

    def hold(self, child: Process, rank: int) -> None:
        """From now on `child` does not outlive us; of several the one with the highest rank is stopped first."""
        line = f"+ {child.pid} {rank} {int(child.spec.stop_signal)} {child.spec.grace}\n"
        self._held[child.pid] = line
        self._tell(line)

    def release(self, child: Process) -> None:
        """`child` has ended."""
        if self._held.pop(child.pid, None):
            self._tell(f"- {child.pid}\n")

    def mend(self) -> None:
        """Start another reaper if this one is gone."""
        if self._reaper.poll() is not None:
            os.close(self._pipe)
            self._reaper = self._start()
            for line in self._held.values():
                os.write(self._pipe, line.encode())

    def close(self) -> None:
        """Let the reaper end, and with it whoever is still held."""
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
        if self._leftovers:
            self._leftovers.write(list(self._held.values()))
        try:
            os.write(self._pipe, line.encode())
        except BrokenPipeError:
            self._reaper.wait()
            self.mend()
