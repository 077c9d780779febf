"""Folders that nobody else on the machine may enter."""

import os
import tempfile
from pathlib import Path

from intake.local.errors import CannotStart


def private_folder(path: Path, *, owners: frozenset[int] = frozenset()) -> Path:
    """Make `path` with mode 700, or take the one that is there.

    Refuses a symbolic link and a folder of anyone but us or `owners` (user ids): in a shared /tmp somebody could have
    put it there to sit between us and our database.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.lstat()
    except OSError as error:
        raise CannotStart(f"The folder {path} cannot be made ({error.strerror}): {_ADVICE}.") from None
    if path.is_symlink() or found.st_uid not in owners | {os.geteuid()}:
        raise CannotStart(f"The folder {path} belongs to somebody else: remove it, then start again.")
    if found.st_mode & 0o077 and found.st_uid == os.geteuid():
        path.chmod(0o700)
    return path


def data_folder(path: Path) -> Path:
    """Make the data folder, mode 700 if it is new, and prove by writing that we may write to it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as probe:
            probe.write(b"transom")
    except OSError as error:
        raise CannotStart(
            f"The data folder {path} cannot be written to ({error.strerror}): {_ADVICE}."
        ) from None
    return path


_ADVICE = "make it yours, or name another with TRANSOM_DATA_DIR"
