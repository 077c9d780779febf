"""Encrypted files on disk: what contributors send, and the clean copies made of it.

A file is a header (`TRN1` and a random 7-byte prefix) and chunks of 64 KiB, each under AES-256-GCM with the
nonce prefix ‖ counter ‖ last-flag (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015):
chunks cannot be cut off, swapped, or moved to a file of another name.
"""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.disk import sync_folder
from intake.settings import settings

MAGIC = b"TRN1"
PREFIX_BYTES = 7
CHUNK = 64 * 1024
TAG_BYTES = 16
NAME = re.compile(r"(quarantine|clean)/[0-9a-f-]{36}/[0-9a-f-]{36}((\.\d{1,19})?\.(full|web|thumb|base))?")
UNFINISHED = ".part"


class FileDamaged(Exception):
    """A stored file is cut short, altered, or was written under another key or name."""


class Sink:
    """Takes plain bytes in pieces of any size and writes them encrypted; nothing plain touches the disk.

    Each sink writes to a file of its own, so two at once of one name do not mix: the one that finishes last stays.
    """

    def __init__(self, path: Path, name: str, key: bytes) -> None:
        self._path, self._name = path, name.encode()
        self._cipher, self._prefix = AESGCM(key), os.urandom(PREFIX_BYTES)
        self._held, self._count = b"", 0
        handle, aside = _make_aside(path)
        self._aside, self._file = Path(aside), open(handle, "wb")
        self._file.write(MAGIC + self._prefix)

    def write(self, data: bytes) -> int:
        """Take `data`; at least one byte stays in hand, since the last chunk is marked as such."""
        # Through a view: copied as often as it is cut, a photo of four megabytes cost twice its encryption.
        rest = memoryview(data)
        if self._held and len(self._held) + len(rest) > CHUNK:
            missing = CHUNK - len(self._held)
            self._flush(self._held + rest[:missing], last=False)
            self._held, rest = b"", rest[missing:]
        while len(rest) > CHUNK:
            self._flush(rest[:CHUNK], last=False)
            rest = rest[CHUNK:]
        self._held += rest
        return len(data)

    def finish(self) -> None:
        """Write the last chunk, force it to the disk and give the file its name: from here it survives a crash."""
        self._flush(self._held, last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._aside.replace(self._path)
        for folder in self._path.parents[:2]:  # the second holds the name of the first, which may be new
            sync_folder(folder)

    def abort(self) -> None:
        """Leave nothing, also where a full disk refuses the last bytes."""
        self._aside.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._file.close()

    def _flush(self, chunk: bytes | memoryview, *, last: bool) -> None:
        self._file.write(
            self._cipher.encrypt(_nonce(self._prefix, self._count, last=last), chunk, self._name)
        )
        self._count += 1


class Storage:
    """Files by name, such as `quarantine/<submission>/<photo>`, `clean/<submission>/<photo>.web` or `clean/…/<photo>.<generation>.web`."""

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
            if len(header) < len(MAGIC) + PREFIX_BYTES or not header.startswith(MAGIC):
                raise FileDamaged("not a file of ours")
            yield from _decrypt(file, header[len(MAGIC) :], name.encode(), AESGCM(key))

    def read(self, name: str, key: bytes) -> bytes:
        """The plain bytes, whole."""
        return b"".join(self.chunks(name, key))

    def raw(self, name: str) -> Iterator[bytes]:
        """The encrypted bytes as they lie, in pieces; FileNotFoundError."""
        with self._path(name).open("rb") as file:
            while piece := file.read(16 * CHUNK):
                yield piece

    def put_raw(self, name: str, pieces: Iterable[bytes]) -> None:
        """Store what `raw` of another storage gave under the same `name`, to which its bytes are bound."""
        path = self._path(name)
        handle, aside = _make_aside(path)
        try:
            with open(handle, "wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(path)
        except BaseException:
            self.discard(Path(aside))
            raise
        for folder in path.parents[:2]:
            sync_folder(folder)

    def delete(self, name: str) -> None:
        """Remove `name` if it is there, and its folder once that is empty."""
        self.discard(self._path(name))

    def discard(self, path: Path) -> None:
        """Remove a file that `files` gave if it is still there, and its folder once that is empty."""
        path.unlink(missing_ok=True)
        with contextlib.suppress(
            OSError
        ):  # other files of the submission remain, or another process was quicker
            path.parent.rmdir()

    def delete_all(self, area: str, submission: str) -> None:
        """Remove everything of one submission in `area`; OSError if anything of it remains."""
        folder = self._path(f"{area}/{submission}/{submission}").parent
        for path in folder.glob("*"):
            path.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()

    def delete_photo(self, area: str, submission: str, photo: str) -> None:
        """Remove every file of one photo in `area`, whatever its size or generation."""
        name = self._path(f"{area}/{submission}/{photo}")
        for path in name.parent.glob(f"{name.name}*"):
            self.discard(path)

    def files(self, area: str) -> Iterator[Path]:
        """Every file in `area`, unfinished ones (UNFINISHED) included."""
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


@cache
def files() -> Storage:
    """This process's storage."""
    return Storage(settings().files_dir)
