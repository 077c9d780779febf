"""Small disk for the data folder, and a file that fills it."""

import contextlib
import errno
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

MB = 1 << 20
BLOCK = 4096
AGAIN_S = 0.1


class Disk:
    """`folder` on a tmpfs of `size_mb` where mounting is allowed, else a plain folder that must not be filled."""

    def __init__(self, folder: Path, size_mb: int) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True)
        options = f"size={size_mb}m,mode=700"
        mount = ["mount", "-t", "tmpfs", "-o", options, "transom-chaos", str(folder)]
        self.own = _works(mount)

    def fill(self, over: threading.Event, seconds: float) -> None:
        """Keep the disk full for some seconds, even if others free space, then free it again."""
        ballast = self._folder / "ballast"
        try:
            with ballast.open("wb", buffering=0) as file:
                for _ in range(int(seconds / AGAIN_S)):
                    _stuff(file.fileno())
                    if over.wait(AGAIN_S):
                        break
        finally:
            ballast.unlink()

    def close(self) -> None:
        """Unmount the disk, lazily if it is in use."""
        if self.own and not _works(["umount", str(self._folder)]):
            subprocess.run(["umount", "--lazy", str(self._folder)], check=True)


@contextlib.contextmanager
def small_disk(folder: Path, size_mb: int) -> Iterator[Disk]:
    """Disk that exists until the block ends."""
    disk = Disk(folder, size_mb)
    try:
        yield disk
    finally:
        disk.close()


def _stuff(descriptor: int) -> None:
    """Write until not a single block is free."""
    for size in (MB, BLOCK):
        block = bytes(size)
        try:
            while True:
                os.write(descriptor, block)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
