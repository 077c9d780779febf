"""Reading of files whose kind is unknown, and the folder for the copies."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intake.photos.limits import MAX_BYTES

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
"""Flags to open a file. O_NONBLOCK: if a pipe replaces the file after the check of its type, opening it must not block."""


class FileTrouble(Exception):
    """A file cannot be read, or a folder cannot be written. The message is a sentence for the person at the
    terminal.
    """


class NotAFile(FileTrouble):
    """A pipe, a socket or a device, which is never opened."""


@contextmanager
def file_errors(path: Path, advice: str) -> Iterator[None]:
    """Turn an OSError into a FileTrouble that names the path and gives advice."""
    try:
        yield
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror or error}. {advice}") from None


def read(file: Path) -> bytes:
    """Read a file, at most one byte more than MAX_BYTES. Raises FileTrouble, or NotAFile for a pipe or a device."""
    with file_errors(file, "Check that it exists and that you may read it."):
        # Check the type first, because opening a device can have side effects, and opening a pipe waits for a writer.
        _check(file, file.stat().st_mode)
        with open(os.open(file, _FLAGS), "rb") as stream:
            status = os.fstat(stream.fileno())
            _check(file, status.st_mode)
            return stream.read(min(max(status.st_size, _LEAST), MAX_BYTES) + 1)


_LEAST = 1 << 16
"""Minimum read size in bytes, even if `fstat` reports a smaller file, because the file may grow."""


def _check(file: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise NotAFile(f"{file}: This is a pipe, a socket or a device. Only files are read.")


def make_folder(output: Path) -> None:
    """Make a folder for the copies, if it does not exist. Raises FileTrouble."""
    with file_errors(output, "Name a folder that you may write to."):
        output.mkdir(parents=True, exist_ok=True)
