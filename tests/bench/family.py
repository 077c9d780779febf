"""Cost of a process with all its descendants, read from /proc."""

import contextlib
import os
import threading
from pathlib import Path
from types import TracebackType

TICKS = os.sysconf("SC_CLK_TCK")
# A child that cleans a photo lives at least 0.25 s, so it is seen. Each look costs half a millisecond.
PAUSE_S = 0.02


class Family:
    """`members` are the processes that were alive at the last look."""

    def __init__(self, root: int) -> None:
        self.members = {root}
        self._seen: set[int] = set()
        self.look()

    def look(self) -> set[int]:
        """Find new descendants, and drop those that have exited."""
        alive = {int(name) for name in os.listdir("/proc") if name.isdigit()}  # noqa: PTH208 - a third of the time
        parents = {pid: _parent(pid) for pid in alive - self._seen}
        self.members &= alive
        self._seen = alive
        known = set(self.members)
        while born := {pid for pid, parent in parents.items() if parent in self.members} - self.members:
            self.members |= born
        return self.members - known

    def cpu_s(self) -> float:
        """User and system time of all members and their exited children. Exited members stay in the sum."""
        self.look()
        return sum(sum(_numbers(pid)[10:14]) for pid in self.members) / TICKS

    def peak_mb(self) -> float:
        """Peak memory of the largest living member."""
        return max(map(_peak_mb, self.members), default=0.0)

    def forget_peaks(self) -> None:
        """Reset the peaks (proc_pid_clear_refs(5)). Without permission, peaks cover whole lifetimes."""
        for pid in self.members:
            with contextlib.suppress(OSError):
                Path(f"/proc/{pid}/clear_refs").write_text("5")


class Watch:
    """Cost of a family during the block: `cpu_s`, and `peak_mb` of its largest member."""

    def __init__(self, root: int) -> None:
        self._family = Family(root)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self.cpu_s = self.peak_mb = 0.0

    def __enter__(self) -> "Watch":
        self._family.forget_peaks()
        self.cpu_s = -self._family.cpu_s()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self.cpu_s += self._family.cpu_s()
        self.peak_mb = max(self.peak_mb, self._family.peak_mb())

    def _follow(self) -> None:
        """Look often, because young members may exit before the end. Others keep their own peak."""
        young: set[int] = set()
        while not self._over.wait(PAUSE_S):
            young |= self._family.look()
            young &= self._family.members
            self.peak_mb = max([self.peak_mb, *map(_peak_mb, young)])


def _numbers(pid: int) -> list[int]:
    """Fields of /proc/PID/stat after name and state, the parent first. Zeros for an exited process."""
    with contextlib.suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1:]]
    return [0] * 14


def _parent(pid: int) -> int:
    return _numbers(pid)[0]


def _peak_mb(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0
