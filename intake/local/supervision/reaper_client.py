"""Client of the reaper: sends it the list of children to stop, and restarts the reaper if it was killed."""

import os
import subprocess
import sys

from intake.local.supervision import reaper
from intake.local.supervision.orphans import OrphanList
from intake.local.supervision.process import ChildProcess


class ReaperClient:
    """Client that has the only write end of the reaper's pipe.

    `keep` are file descriptors that stay open until the reaper ends. `orphans` is the file with the running
    children, for the next start to use if reaper and supervisor are both killed.
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
        """Make the reaper stop `child` if the supervisor dies.

        The reaper stops the child with the highest rank first.
        """
        line = f"+ {child.pid} {rank} {int(child.spec.stop_signal)} {child.spec.grace}\n"
        self._held[child.pid] = line
        self._tell(line)

    def release(self, child: ChildProcess) -> None:
        """Remove `child`, which has ended, from the children that the reaper stops."""
        if self._held.pop(child.pid, None):
            self._tell(f"- {child.pid}\n")

    def mend(self) -> None:
        """Start a new reaper if the reaper has ended, and send it all running children."""
        if self._reaper.poll() is not None:
            os.close(self._pipe)
            self._reaper = self._start()
            for line in self._held.values():
                os.write(self._pipe, line.encode())

    def close(self) -> None:
        """Close the pipe and wait for the reaper, which first stops all children that still run."""
        os.close(self._pipe)
        self._reaper.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        reader, self._pipe = os.pipe()  # children inherit neither end, except as stdin below
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", reaper.__file__],
                stdin=reader,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # so that Ctrl-C at the terminal does not signal the reaper
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
