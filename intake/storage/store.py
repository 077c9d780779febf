"""Interface of a file storage."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from intake.storage.seal import CHUNK, SealSource, SealTarget, Sink, unsealed

T = TypeVar("T", bound=SealTarget)

HOUR = 3600
# Slowest supported upload: 200 MB at 2.4 KB/s, as over a bad Tor circuit.
UPLOAD_SECONDS = 24 * HOUR
NAME = re.compile(r"(quarantine|clean)/[0-9a-f-]{36}/[0-9a-f-]{36}((\.\d{1,19})?\.(full|web|thumb|base))?")


class StorageAway(OSError):
    """The storage failed. The message is a sentence, and `advice` tells an admin what to do."""

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.advice = advice


@dataclass(frozen=True)
class StoredFile:
    """A file in a listing. `size` is in encrypted bytes, `age` in seconds since its last known change.

    `upload` distinguishes unfinished uploads of one name, if the storage needs that.
    """

    name: str
    size: int
    age: float
    unfinished: bool = False
    upload: str = ""


class Storage(ABC):
    """Files by name: `quarantine/<submission>/<photo>`, `clean/<submission>/<photo>.web` or
    `clean/…/<photo>.<generation>.web`.

    Every method raises OSError if the storage fails.
    """

    # Age in seconds from which no process writes to an unfinished file any more.
    unfinished_seconds: int

    def sink(self, name: str, key: bytes) -> Sink:
        """Open `name` for writing. An existing file of that name is replaced when the sink is finished."""
        return Sink(self._target(checked(name)), name, key)

    def put(self, name: str, data: bytes, key: bytes) -> None:
        """Store `data` under `name`, replacing an existing file."""
        with finishing(self.sink(name, key)) as sink:
            sink.write(data)

    def chunks(self, name: str, key: bytes) -> Iterator[bytes]:
        """Decrypted bytes in pieces. Raises FileNotFoundError, or FileDamaged at the first invalid piece."""
        with self._source(checked(name)) as source:
            yield from unsealed(source, name, key)

    def read(self, name: str, key: bytes) -> bytes:
        """Decrypted bytes of the whole file. Raises FileNotFoundError or FileDamaged."""
        return b"".join(self.chunks(name, key))

    def raw(self, name: str) -> Iterator[bytes]:
        """Encrypted bytes in pieces. Raises FileNotFoundError."""
        with self._source(checked(name)) as source:
            while chunk := source.read(16 * CHUNK):
                yield chunk

    def put_raw(self, name: str, chunks: Iterable[bytes]) -> None:
        """Store encrypted bytes from another storage's `raw` under the same `name`, to which they are bound."""
        with finishing(self._target(checked(name))) as target:
            for chunk in chunks:
                target.write(chunk)

    @abstractmethod
    def delete(self, name: str) -> None:
        """Delete `name` if it exists."""

    @abstractmethod
    def discard(self, stored: StoredFile) -> None:
        """Delete a file from `listing`, finished or not, if it still exists."""

    @abstractmethod
    def delete_all(self, area: str, submission: str) -> None:
        """Delete all files of one submission in `area`. Raises OSError if any remains."""

    @abstractmethod
    def delete_photo(self, area: str, submission: str, photo: str) -> None:
        """Delete all files of one photo in `area`, of every size and generation."""

    @abstractmethod
    def listing(self, area: str) -> Iterator[StoredFile]:
        """All files in `area`, including unfinished files and files that Transom did not write."""

    @abstractmethod
    def free(self) -> int | None:
        """Free bytes, or None if the storage has no known limit."""

    @abstractmethod
    def _target(self, name: str) -> SealTarget:
        """Target for the encrypted bytes of `name`."""

    @abstractmethod
    def _source(self, name: str) -> AbstractContextManager[SealSource]:
        """Source of the encrypted bytes of `name`. Raises FileNotFoundError."""


@contextmanager
def finishing(target: T) -> Iterator[T]:
    """Finish the target after the block, or abort it if the block fails."""
    try:
        yield target
        target.finish()
    except BaseException:
        target.abort()
        raise


def checked(name: str) -> str:
    """Return `name` if it is a valid storage name. Raises ValueError otherwise."""
    if not NAME.fullmatch(name):
        raise ValueError("not a name that storage gives out")
    return name


def prefix(area: str, submission: str) -> str:
    """Common prefix of the names of a submission's files in `area`. Raises ValueError for an invalid name."""
    return checked(f"{area}/{submission}/{submission}").removesuffix(submission)
