"""Lock on a data folder, so that one `transom up` runs at a time."""

import fcntl
import os
import time
from pathlib import Path

from intake.local.errors import CannotStart

CLEANING = 15.0


class DataLock:
    """Two locks that the kernel releases when their holders die.

    Only the supervisor holds `up.lock`. Its reaper also holds `children.lock`, so that a start after a crash waits
    until the last child of the earlier run has ended.
    """

    def __init__(self, data_dir: Path) -> None:
        self._up = _open(data_dir / "up.lock")
        self._children = _open(data_dir / "children.lock")
        self._data_dir = data_dir

    @property
    def shared(self) -> int:
        """File descriptor of `children.lock`, which the reaper must inherit."""
        return self._children

    def take(self) -> None:
        """Take both locks, or raise CannotStart. Waits up to 15 seconds for children of a killed supervisor."""
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
        """Release both locks."""
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
