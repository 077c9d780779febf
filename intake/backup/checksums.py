"""List with the SHA-256 of every file in a backup, in the format of `sha256sum --check`."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.progress import ProgressDisplay

NAME = "SHA256SUMS"
PIECE = 1024 * 1024


class HashingIterator:
    """Iterator that passes on chunks of bytes and computes their SHA-256."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._pieces, self._hash = chunks, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._pieces:
            self._hash.update(chunk)
            yield chunk

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes passed on so far, in hexadecimal."""
        return self._hash.hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        hashed = HashingIterator(iter(lambda: file.read(PIECE), b""))
        for _ in hashed:
            pass
    return hashed.digest


def write(folder: Folder, sums: dict[str, str]) -> str:
    """Write `sums` (file name → SHA-256) to the file SHA256SUMS. Returns the SHA-256 of this file."""
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    folder.write(NAME, text)
    return hashlib.sha256(text.encode()).hexdigest()


def check(folder: Folder, expected: str, progress: ProgressDisplay) -> list[str]:
    """Verify all files of a backup. Returns their names. Raises BackupFault if a file is missing or altered.

    `expected` is the SHA-256 of the file SHA256SUMS, which lists the SHA-256 of all other files.
    """
    listed = _read(folder, expected)
    for name, digest in progress("Checking files", list(listed.items())):
        try:
            altered = digest_of(folder.root / name) != digest
        except OSError as error:
            raise BackupFault(
                f"{folder.root / name} cannot be read ({error.strerror}): use another backup."
            ) from None
        if altered:
            raise BackupFault(f"{folder.root / name} is not what was backed up: use another backup.")
    return list(listed)


def _read(folder: Folder, expected: str) -> dict[str, str]:
    path = folder.root / NAME
    if not path.is_file() or digest_of(path) != expected:
        raise BackupFault(f"{path} is not what was backed up: use another backup.")
    lines = (line.split("  ", 1) for line in path.read_text("utf-8").splitlines())
    return {name: digest for digest, name in lines}
