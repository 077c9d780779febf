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
