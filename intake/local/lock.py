"""One `transom up` at a time on one data folder."""

import fcntl
import os
import time
from pathlib import Path

from intake.local.errors import CannotStart

CLEANING = 15.0


class DataLock:
    """Two locks that the kernel lets go when their holders die: `up.lock` is held by the supervisor alone,
    `children.lock` by its reaper too, so that a start after a crash waits until the last child of the one before has ended.
    """

    def __init__(self, data_dir: Path) -> None:
        self._up = _open(data_dir / "up.lock")
        self._children = _open(data_dir / "children.lock")
        self._data_dir = data_dir

    @property
    def shared(self) -> int:
        """The descriptor that the reaper must inherit."""
        return self._children

    def take(self) -> None:
        """Take both, or raise CannotStart; waits up to 15 seconds for what a killed supervisor left behind."""
        if not _locked(self._up):
            raise CannotStart(
                f"Transom is already running on {self._data_dir}: stop it first, or name another folder with TRANSOM_DATA_DIR."
            )
        deadline = time.monotonic() + CLEANING
        while not _locked(self._children):
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Processes of an earlier run on {self._data_dir} do not end: restart the machine."
                )
            time.sleep(0.05)

    def close(self) -> None:
        """Let both go."""
        os.close(self._up)
        os.close(self._children)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
