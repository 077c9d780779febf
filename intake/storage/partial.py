"""Files that arrive in parts, over connections that break. Only encrypted bytes are written.

Whole chunks are appended to a file in the format of `seal`, in a folder of this machine. The bytes after the last whole chunk
are saved in a second file, the tail, when a part ends. If the process dies before, they are lost (at most 64 KiB).
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intake import crypto
from intake.crypto import KeyFault
from intake.fsync import sync_folder
from intake.storage.seal import CHUNK, MAGIC, PREFIX_BYTES, TAG_BYTES, FileDamaged, Sink, open_chunk
from intake.storage.store import UPLOAD_SECONDS, Storage, checked

_HEADER, _SEALED_CHUNK = len(MAGIC) + PREFIX_BYTES, CHUNK + TAG_BYTES
_NUMBER_BYTES = 4
_OWNER_BYTES = 16


class TakenOver(Exception):
    """Another connection has taken over this file, because this process had not noticed that its own connection broke."""


class Partial:
    """A file that arrives in parts. The object that opened the file last owns it. Earlier ones fail at their next write.

    Use it as a context manager. `offset` is the number of plain bytes that have arrived.
    """

    def __init__(self, root: Path, part_name: str, name: str, key: bytes) -> None:
        """`name` is the storage name of the finished file. `part_name` distinguishes two uploads for the same `name`."""
        self._name, self._key = checked(name), key
        self._path = root / checked(part_name).partition("/")[2]
        self._tail, self._mark = self._path.with_suffix(".tail"), self._path.with_suffix(".owner")
        self._owner = os.urandom(_OWNER_BYTES)
        self._is_changed = False

    def __enter__(self) -> "Partial":
        """Take the file over, and read how far it has come. Raises OSError."""
        for folder in reversed(self._path.parents[:2]):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        with self._locked(owned=False):
            self._mark.write_bytes(self._owner)
            self._sink = self._resumed()
        return self

    def __exit__(self, *_error: object) -> None:
        """Keep what has arrived, also after an error."""
        if self._is_changed:
            with suppress(TakenOver, FileNotFoundError):
                self.pause()
        self._file.close()

    @property
    def offset(self) -> int:
        """Number of plain bytes that have arrived."""
        return self._sink.count * CHUNK + len(self._sink.held)

    def write(self, data: bytes) -> None:
        """Append plain bytes. Raises TakenOver."""
        with self._locked():
            self._is_changed = True
            self._sink.write(data)

    def pause(self) -> None:
        """Make everything that has arrived durable. Raises TakenOver."""
        with self._locked():
            os.fsync(self._file.fileno())
            self._write_tail()
            self._is_changed = False

    def go_back(self, count: int, held: bytes) -> None:
        """Discard what was written after the state (`count`, `held`) that `state` returned. Raises TakenOver."""
        with self._locked():
            prefix = self._prefix()
            self._file.truncate(_HEADER + count * _SEALED_CHUNK)
            self._file.seek(0, os.SEEK_END)
            self._sink = Sink(_Appended(self._file), self._name, self._key, (prefix, count, held))

    def state(self) -> tuple[int, bytes]:
        """Return the arguments with which `go_back` restores the present state."""
        return self._sink.count, self._sink.held

    def head(self, size: int) -> bytes:
        """Return the first plain bytes, at most `size` of those in the first chunk."""
        if not self._sink.count:
            return self._sink.held[:size]
        self._file.seek(_HEADER)
        sealed, prefix = self._file.read(_SEALED_CHUNK), self._prefix()
        self._file.seek(0, os.SEEK_END)
        return open_chunk(sealed, prefix, 0, self._name, self._key)[:size]

    def finish(self, files: Storage) -> None:
        """Write the last chunk, and move the whole file into the storage. Raises TakenOver."""
        with self._locked():
            self._is_changed = False
            self._sink.finish()
            os.fsync(self._file.fileno())
            files.adopt(self._name, self._path)
            self._forget()

    def delete(self) -> None:
        """Delete what has arrived."""
        with suppress(TakenOver), self._locked():
            self._is_changed = False
            self._path.unlink(missing_ok=True)
            self._forget()

    def _forget(self) -> None:
        for path in (self._tail, self._mark):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # other files of this submission are under way
            self._path.parent.rmdir()

    @contextmanager
    def _locked(self, *, owned: bool = True) -> Iterator[None]:
        """Hold the lock of the file. Raises TakenOver if another object has opened the file since."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            if owned and not self._is_owner():
                raise TakenOver
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _is_owner(self) -> bool:
        try:
            return self._mark.read_bytes() == self._owner
        except FileNotFoundError:
            return False

    def _resumed(self) -> Sink:
        """Continue after the last valid chunk. After a power cut, the end of the file may be empty or cut off."""
        size = os.fstat(self._file.fileno()).st_size
        if size < _HEADER:
            self._file.truncate(0)
            return Sink(_Appended(self._file), self._name, self._key)
        prefix, count = self._prefix(), (size - _HEADER) // _SEALED_CHUNK
        while count and not self._is_whole(prefix, count - 1):
            count -= 1
        self._file.truncate(_HEADER + count * _SEALED_CHUNK)
        self._file.seek(0, os.SEEK_END)
        return Sink(_Appended(self._file), self._name, self._key, (prefix, count, self._read_tail(count)))

    def _prefix(self) -> bytes:
        self._file.seek(len(MAGIC))
        return self._file.read(PREFIX_BYTES)

    def _is_whole(self, prefix: bytes, number: int) -> bool:
        self._file.seek(_HEADER + number * _SEALED_CHUNK)
        try:
            open_chunk(self._file.read(_SEALED_CHUNK), prefix, number, self._name, self._key)
        except FileDamaged:
            return False
        return True

    def _write_tail(self) -> None:
        count = self._sink.count.to_bytes(_NUMBER_BYTES, "big")
        sealed = crypto.seal(self._key, count + self._sink.held, self._context)
        aside = self._tail.with_suffix(".new")
        with aside.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._tail)
        sync_folder(self._tail.parent)

    def _read_tail(self, count: int) -> bytes:
        """Bytes after the chunk `count`. Empty if the tail belongs to an earlier chunk, or is damaged."""
        with suppress(FileNotFoundError, KeyFault):
            plain = crypto.unseal(self._key, self._tail.read_bytes(), self._context)
            if int.from_bytes(plain[:_NUMBER_BYTES], "big") == count:
                return plain[_NUMBER_BYTES:]
        return b""

    @property
    def _context(self) -> bytes:
        return f"{self._name} tail".encode()


class _Appended:
    """Target of a sink that appends to an open file. `Partial` finishes or deletes the file, so this class need not."""

    def __init__(self, file: object) -> None:
        self._file = file

    def write(self, data: bytes) -> None:
        """Append encrypted bytes."""
        self._file.write(data)  # type: ignore[attr-defined]

    def finish(self) -> None:
        """Do nothing."""

    def abort(self) -> None:
        """Do nothing."""


def exists(root: Path, name: str) -> bool:
    """Return whether a part of the file has arrived."""
    return (root / checked(name).partition("/")[2]).is_file()


def delete_all(root: Path, submission: str) -> None:
    """Delete everything that is under way for one submission."""
    folder = root / checked(f"quarantine/{submission}/{submission}").split("/")[1]
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        folder.rmdir()


def delete_forgotten(root: Path) -> None:
    """Delete files that have not grown for UPLOAD_SECONDS."""
    for path in root.glob("*/*"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > UPLOAD_SECONDS:
                path.unlink()
                with suppress(OSError):
                    path.parent.rmdir()
