"""Files in a folder of this machine."""

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
from intake.storage.store import HOUR, Storage, Stored, checked, prefix

UNFINISHED = ".part"


class Aside:
    """Sealed bytes on their way to `path`, in a file beside it."""

    def __init__(self, path: Path) -> None:
        handle, aside = _make_aside(path)
        self._path, self.aside, self.file = path, Path(aside), open(handle, "wb")

    def write(self, data: bytes) -> int:
        """Append."""
        return self.file.write(data)

    def finish(self) -> None:
        """Force it to the disk and give it its name."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.aside.replace(self._path)
        for folder in self._path.parents[:2]:  # the second holds the name of the first, which may be new
            sync_folder(folder)

    def abort(self) -> None:
        """Leave nothing, also where a full disk refuses the last bytes."""
        self.aside.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.file.close()


class Disk(Storage):
    """Files below the folder `root`, which is made with the first of them."""

    unfinished_seconds = HOUR

    def __init__(self, root: Path) -> None:
        self.root = root

    def delete(self, name: str) -> None:
        """Remove `name` if it is there, and its folder once that is empty."""
        self._remove(self.root / checked(name))

    def discard(self, stored: Stored) -> None:
        """Remove a file that `listing` gave, and its folder once that is empty."""
        self._remove(self.root / stored.name)

    def delete_all(self, area: str, submission: str) -> None:
        """Remove everything of one submission in `area`; OSError if anything of it remains."""
        folder = self.root / prefix(area, submission)
        for path in folder.glob("*"):
            path.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()

    def delete_photo(self, area: str, submission: str, photo: str) -> None:
        """Remove every file of one photo in `area`, whatever its size or generation."""
        path = self.root / checked(f"{area}/{submission}/{photo}")
        for one in path.parent.glob(f"{path.name}*"):
            self._remove(one)

    def listing(self, area: str) -> Iterator[Stored]:
        """Every file in `area`; passes over those that are deleted meanwhile."""
        for path in (self.root / area).glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                found = path.stat()
                if stat.S_ISREG(found.st_mode):
                    name, unfinished = path.relative_to(self.root).as_posix(), path.name.endswith(UNFINISHED)
                    yield Stored(name, found.st_size, time.time() - found.st_mtime, unfinished)

    def free(self) -> int:
        """Bytes that still fit on the disk."""
        return shutil.disk_usage(next(path for path in (self.root, *self.root.parents) if path.exists())).free

    def _target(self, name: str) -> Aside:
        return Aside(self.root / name)

    def _source(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        # Other files of the submission remain, or another process was quicker.
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def _make_aside(path: Path) -> tuple[int, str]:
    """A file beside `path`, mode 600. Its folder may go at any moment: whoever takes the last file out removes it."""
    while True:
        _make_folders(path)
        with contextlib.suppress(FileNotFoundError):
            return tempfile.mkstemp(UNFINISHED, f".{path.name}.", path.parent)


def _make_folders(path: Path) -> None:
    """For us alone: the names and times in them tell that, and when, something was sent."""
    for folder in reversed(path.parents[:3]):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
