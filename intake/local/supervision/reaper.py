"""Stops the supervisor's children when the supervisor is gone: `reaper.py`, the read end of a pipe as its input.

Lines come in: `+ PID RANK SIGNAL GRACE` when a child was started, `- PID` when it has ended. Nobody but the supervisor holds
the write end, so the pipe's end means that it is gone, by whatever death. Then the children are stopped, the highest
rank first. Run by path in a bare interpreter (`-I -S`): it starts in 15 ms and takes 7 MB.
"""

import contextlib
import os
import select
import signal
import sys
from dataclasses import dataclass

KILL_WAIT = 2.0


@dataclass
class Orphan:
    """A child by a handle which, unlike its number, is never given to another process."""

    pid: int
    rank: int
    handle: int
    signal: int
    grace: float

    def stop(self) -> None:
        """Ask it to end; after its grace kill what is left of its group."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, self.signal)
        self._ended(self.grace)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._ended(KILL_WAIT)
        os.close(self.handle)

    def _ended(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        poll.poll(seconds * 1000)


def note(line: str, orphans: dict[int, Orphan]) -> None:
    """Take in one line of the supervisor's."""
    sign, pid, *rest = line.split()
    if sign == "-":
        gone = orphans.pop(int(pid), None)
        if gone:
            os.close(gone.handle)
        return
    rank, number, grace = rest
    with contextlib.suppress(ProcessLookupError):
        handle = os.pidfd_open(int(pid))
        orphans[int(pid)] = Orphan(int(pid), int(rank), handle, int(number), float(grace))


def main() -> None:
    """Follow the pipe to its end, then stop whoever is left."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    orphans: dict[int, Orphan] = {}
    for line in sys.stdin:
        note(line, orphans)
    for orphan in sorted(orphans.values(), key=lambda orphan: -orphan.rank):
        orphan.stop()


if __name__ == "__main__":
    main()
