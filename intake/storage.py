"""Encrypted files on disk: what contributors send, and the clean copies made of it.

A file is a header (`TRN1` and a random 7-byte prefix) and chunks of 64 KiB, each under AES-256-GCM with the
nonce prefix ‖ counter ‖ last-flag (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015):
chunks cannot be cut off, swapped, or moved to a file of another name.
"""

import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.settings import settings

MAGIC = b"TRN1"
PREFIX_BYTES = 7
CHUNK = 64 * 1024
TAG_BYTES = 16
NAME = re.compile(r"(quarantine|clean)/[0-9a-f-]{36}/[0-9a-f-]{36}(\.(full|web|thumb))?")


class FileDamaged(Exception):
    """A stored file is cut short, altered, or was written under another key or name."""


class Sink:
    """Takes plain bytes in pieces of any size and writes them encrypted; nothing plain touches the disk."""

    def __init__(self, path: Path, name: str, key: bytes) -> None:
        self._path, self._aside = path, path.with_name(f".{path.name}.part")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._prefix = os.urandom(PREFIX_BYTES)
        self._cipher, self._name, self._buffer, self._count = AESGCM(key), name.encode(), bytearray(), 0
        self._file: BinaryIO = open(os.open(self._aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._file.write(MAGIC + self._prefix)

    def write(self, data: bytes) -> int:
        """Take `data`; at least one byte stays in hand, since the last chunk is marked as such."""
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._flush(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk, force it to the disk and give the file its name: from here it survives a crash."""
        self._flush(bytes(self._buffer), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._aside.replace(self._path)
        _sync_folder(self._path.parent)

    def abort(self) -> None:
        """Leave nothing."""
        self._file.close()
        self._aside.unlink(missing_ok=True)

    def _flush(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(
            self._cipher.encrypt(_nonce(self._prefix, self._count, last=last), chunk, self._name)
        )
        self._count += 1


class Storage:
    """Files by name, such as `quarantine/<submission>/<photo>` or `clean/<submission>/<photo>.web`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sink(self, name: str, key: bytes) -> Sink:
        """Open `name` for writing; an existing file of that name is replaced when the sink is finished."""
        return Sink(self._path(name), name, key)

    def put(self, name: str, data: bytes, key: bytes) -> None:
        """Store `data` under `name`, replacing what was there."""
        sink = self.sink(name, key)
        try:
            sink.write(data)
            sink.finish()
        except BaseException:
            sink.abort()
            raise

    def chunks(self, name: str, key: bytes) -> Iterator[bytes]:
        """The plain bytes in pieces; FileNotFoundError, or FileDamaged at the first piece that does not hold."""
        with self._path(name).open("rb") as file:
            header = file.read(len(MAGIC) + PREFIX_BYTES)
            if not header.startswith(MAGIC):
                raise FileDamaged("not a file of ours")
            yield from _decrypt(file, header[len(MAGIC) :], name.encode(), AESGCM(key))

    def read(self, name: str, key: bytes) -> bytes:
        """The plain bytes, whole."""
        return b"".join(self.chunks(name, key))

    def delete(self, name: str) -> None:
        """Remove `name` if it is there, and its folder once that is empty."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        try:
            path.parent.rmdir()
        except OSError:  # other files of the submission remain, or another process was quicker
            return

    def delete_all(self, area: str, submission: str) -> None:
        """Remove everything of one submission in `area`."""
        shutil.rmtree(self._path(f"{area}/{submission}/{submission}").parent, ignore_errors=True)

    def files(self, area: str) -> Iterator[Path]:
        """Every file in `area`, unfinished uploads included."""
        return (path for path in (self.root / area).glob("*/*") if path.is_file())

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("not a name that storage gives out")
        return self.root / name


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + count.to_bytes(4, "big") + bytes([last])


def _decrypt(file: BinaryIO, prefix: bytes, name: bytes, cipher: AESGCM) -> Iterator[bytes]:
    count, chunk = 0, file.read(CHUNK + TAG_BYTES)
    while True:
        following = file.read(CHUNK + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(prefix, count, last=not following), chunk, name)
        except InvalidTag:
            raise FileDamaged("a chunk does not hold") from None
        if not following:
            return
        count, chunk = count + 1, following


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@cache
def files() -> Storage:
    """This process's storage."""
    return Storage(settings().files_dir)
