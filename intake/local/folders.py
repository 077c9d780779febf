"""Private folders and the data folder."""

import os
import tempfile
from pathlib import Path

from intake.local.errors import CannotStart


def private_folder(path: Path, *, owners: frozenset[int] = frozenset()) -> Path:
    """Create `path` with mode 700, or set an existing folder to mode 700.

    Raises CannotStart for a symbolic link, and for a folder of a user other than this one and `owners` (user
    ids). In a shared /tmp, another user could otherwise create the folder first and intercept the database
    connection.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.lstat()
    except OSError as error:
        raise CannotStart(f"The folder {path} cannot be created ({error.strerror}): {_ADVICE}.") from None
    if path.is_symlink() or found.st_uid not in owners | {os.geteuid()}:
        raise CannotStart(f"The folder {path} belongs to somebody else: remove it, then start again.")
    if found.st_mode & 0o077 and found.st_uid == os.geteuid():
        path.chmod(0o700)
    return path


def data_folder(path: Path) -> Path:
    """Create the data folder with mode 700 if it is missing, and test that it is writable.

    Raises CannotStart.
    """
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
