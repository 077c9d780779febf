"""Making sure that what was written is there after a power cut."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Force the names in `folder` to the disk; a file's own fsync does not do that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
