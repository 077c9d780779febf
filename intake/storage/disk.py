"""Storage in a folder of this machine."""

import contextlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from intake.fsync import sync_folder
from intake.storage.store import HOUR, Storage, StoredFile, checked, prefix

UNFINISHED = ".part"


class PartFile:
    """Encrypted bytes for `path`, written to a temporary file beside it."""

    def __init__(self, path: Path) -> None:
        handle, aside = _make_aside(path)
        self._path, self.aside, self.file = path, Path(aside), open(handle, "wb")

    def write(self, data: bytes) -> int:
        """Append bytes."""
        return self.file.write(data)

    def finish(self) -> None:
        """Flush to the disk and rename to the final name."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.aside.replace(self._path)
        for folder in self._path.parents[:2]:  # the second holds the name of the first, which may be new
            sync_folder(folder)

    def abort(self) -> None:
        """Remove the temporary file, even if a full disk refuses the last bytes."""
        self.aside.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.file.close()


class Disk(Storage):
    """Files below the folder `root`, which is created with the first file."""

    unfinished_seconds = HOUR

    def __init__(self, root: Path) -> None:
        self.root = root

    def delete(self, name: str) -> None:
        """Delete `name` if it exists, and its folder once that is empty."""
        self._remove(self.root / checked(name))

    def discard(self, stored: StoredFile) -> None:
        """Delete a file from `listing`, and its folder once that is empty."""
        self._remove(self.root / stored.name)

    def delete_all(self, area: str, submission: str) -> None:
        """Delete all files of one submission in `area`. Raises OSError if any remains."""
        folder = self.root / prefix(area, submission)
        for path in folder.glob("*"):
            path.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()

    def delete_photo(self, area: str, submission: str, photo: str) -> None:
        """Delete all files of one photo in `area`, of every size and generation."""
        path = self.root / checked(f"{area}/{submission}/{photo}")
        for one in path.parent.glob(f"{path.name}*"):
            self._remove(one)

    def listing(self, area: str) -> Iterator[StoredFile]:
        """All files in `area`. Files deleted in the meantime are skipped."""
        for path in (self.root / area).glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                found = path.stat()
                if stat.S_ISREG(found.st_mode):
                    name, unfinished = path.relative_to(self.root).as_posix(), path.name.endswith(UNFINISHED)
                    yield StoredFile(name, found.st_size, time.time() - found.st_mtime, unfinished)

    def free(self) -> int:
        """Free bytes on the disk."""
        return shutil.disk_usage(next(path for path in (self.root, *self.root.parents) if path.exists())).free

    def _target(self, name: str) -> PartFile:
        return PartFile(self.root / name)

    def _source(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        # Fails if the submission has other files, or if another process removed the folder first.
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def _make_aside(path: Path) -> tuple[int, str]:
    """Create a temporary file beside `path`, mode 600. Retries if another process removes the empty folder."""
    while True:
        _make_folders(path)
        with contextlib.suppress(FileNotFoundError):
            return tempfile.mkstemp(UNFINISHED, f".{path.name}.", path.parent)


def _make_folders(path: Path) -> None:
    """Create the folders with mode 700, because names and times in them reveal that something was sent, and when."""
    for folder in reversed(path.parents[:3]):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
