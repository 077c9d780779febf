"""Lock on a data folder, so that only one `transom up` uses it at a time."""

import fcntl
import os
import time
from pathlib import Path

from intake.local.errors import CannotStart

CLEANING = 15.0


class DataLock:
    """Two file locks, which the kernel releases when the processes that hold them die.

    Only the supervisor holds `up.lock`. The supervisor and its reaper hold `children.lock`. After a crash of
    the supervisor, the reaper stops its children, and the next start waits until the reaper has ended.
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
        """Acquire both locks, or raise CannotStart.

        Waits up to 15 seconds until the children of a killed supervisor have ended.
        """
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
