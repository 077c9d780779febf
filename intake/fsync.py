"""Make written files survive a power cut."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Force the directory entries of `folder` to the disk. A file's own fsync does not do that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_private(name: str, flags: int) -> int:
    """Open a file with mode 600. For use as the argument `opener` of `open`."""
    return os.open(name, flags, 0o600)
