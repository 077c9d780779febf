"""List with the SHA-256 of every file in a backup, in the format of `sha256sum --check`."""

import hashlib
from pathlib import Path
from typing import BinaryIO

from intake.backup.errors import BackupFault
from intake.backup.progress import ProgressDisplay

NAME = "SHA256SUMS"


class HashingWriter:
    """Writer that passes bytes on to a file and computes their SHA-256."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write bytes to the file."""
        self._hash.update(data)
        return self._file.write(data)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes written so far, in hexadecimal."""
        return self._hash.hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_of(sums: dict[str, str]) -> str:
    """Contents of the file SHA256SUMS for `sums` (file name → SHA-256)."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def check(root: Path, expected: str, progress: ProgressDisplay) -> list[str]:
    """Verify all files of a backup. Returns their names. Raises BackupFault if a file is missing or altered.

    `expected` is the SHA-256 of the file SHA256SUMS, which lists the SHA-256 of all other files.
    """
    listed = _read(root, expected)
    for name, digest in progress("Checking files", list(listed.items())):
        _check(root / name, digest)
    return list(listed)


def check_one(root: Path, expected: str, name: str) -> None:
    """Verify one file of a backup. Raises BackupFault."""
    _check(root / name, _read(root, expected).get(name, ""))


def _check(path: Path, digest: str) -> None:
    try:
        altered = digest_of(path) != digest
    except OSError as error:
        raise BackupFault(f"{path} cannot be read ({error.strerror}): use another backup.") from None
    if altered:
        raise BackupFault(f"{path} is not what was backed up: use another backup.")


def _read(root: Path, expected: str) -> dict[str, str]:
    path = root / NAME
    if not path.is_file() or digest_of(path) != expected:
        raise BackupFault(f"{path} is not what was backed up: use another backup.")
    lines = (line.split("  ", 1) for line in path.read_text("utf-8").splitlines())
    return {name: digest for digest, name in lines}
