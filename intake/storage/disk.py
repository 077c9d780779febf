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
from intake.settings import settings
from intake.storage.store import HOUR, Storage, StoredFile, checked, prefix

UNFINISHED = ".part"


class PartFile:
    """Target for the encrypted bytes of the file `path`. It writes a temporary file in the same folder."""

    def __init__(self, path: Path) -> None:
        handle, aside = _make_aside(path)
        self._path, self.aside, self.file = path, Path(aside), open(handle, "wb")

    def write(self, data: bytes) -> int:
        """Append encrypted bytes to the temporary file."""
        return self.file.write(data)

    def finish(self) -> None:
        """Flush the temporary file to the disk, and rename it to its final name."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.aside.replace(self._path)
        _round_times(self._path)
        for folder in self._path.parents[:2]:  # also the parent folder, because the file's folder may be new
            sync_folder(folder)

    def abort(self) -> None:
        """Remove the temporary file, even if a full disk refuses the last bytes."""
        self.aside.unlink(missing_ok=True)
        _round_times(self.aside)
        with contextlib.suppress(OSError):
            self.file.close()


class Disk(Storage):
    """Storage in files below the folder `root`, which is created with the first file."""

    unfinished_seconds = HOUR

    def __init__(self, root: Path) -> None:
        self.root = root

    def delete(self, name: str) -> None:
        """Delete the file `name` if it exists, and its folder if the folder is then empty."""
        self._remove(self.root / checked(name))

    def discard(self, stored: StoredFile) -> None:
        """Delete a file that `listing` returned, and its folder if the folder is then empty."""
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
        """All files in `area`. Skips files that are deleted during the listing."""
        for path in (self.root / area).glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                found = path.stat()
                if stat.S_ISREG(found.st_mode):
                    name, unfinished = path.relative_to(self.root).as_posix(), path.name.endswith(UNFINISHED)
                    yield StoredFile(name, found.st_size, time.time() - found.st_mtime, unfinished)

    def free(self) -> int:
        """Free bytes on the disk."""
        return shutil.disk_usage(next(path for path in (self.root, *self.root.parents) if path.exists())).free

    def adopt(self, name: str, path: Path) -> None:
        """Move a file of encrypted bytes into this storage. It must be on the same disk."""
        target = self.root / checked(name)
        _make_folders(target)
        path.replace(target)
        _round_times(target)
        for folder in target.parents[:2]:
            sync_folder(folder)

    def _target(self, name: str) -> PartFile:
        return PartFile(self.root / name)

    def _source(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        # Fails if the submission has other files, or if another process removed the folder first.
        try:
            path.parent.rmdir()
        except OSError:
            _round_times(path)


def _round_times(path: Path) -> None:
    """Set the times of a new or deleted file and its folder to the end of the present day or half day.

    Backups copy these times, which would tell when something was sent. They are rounded up, so that no file looks old
    enough to be an orphan. The file need not exist any more.
    """
    span = settings().grain.total_seconds()
    end = (time.time() // span + 1) * span
    for changed in (path, path.parent):
        with contextlib.suppress(FileNotFoundError):
            os.utime(changed, (end, end))


def _make_aside(path: Path) -> tuple[int, str]:
    """Create a temporary file with mode 600 in the folder of `path`. Returns its descriptor and its path.

    Tries again if another process has removed the empty folder in the meantime.
    """
    while True:
        _make_folders(path)
        with contextlib.suppress(FileNotFoundError):
            return tempfile.mkstemp(UNFINISHED, f".{path.name}.", path.parent)


def _make_folders(path: Path) -> None:
    """Create the folders of `path` with mode 700.

    The names and times of the files would show other users that something was sent, and when.
    """
    for folder in reversed(path.parents[:3]):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
