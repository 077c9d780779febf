"""What every place for files can do, and what it says of each file."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from intake.storage.seal import CHUNK, SealSource, SealTarget, Sink, unsealed

T = TypeVar("T", bound=SealTarget)

HOUR = 3600
# The slowest upload that we allow for: 200 MB at 2.4 KB/s, as over a bad Tor circuit.
UPLOAD_SECONDS = 24 * HOUR
NAME = re.compile(r"(quarantine|clean)/[0-9a-f-]{36}/[0-9a-f-]{36}((\.\d{1,19})?\.(full|web|thumb|base))?")


class StorageAway(OSError):
    """The storage does not do what it was asked: a sentence, and in `advice` what an admin can do."""

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.advice = advice


@dataclass(frozen=True)
class StoredFile:
    """One file as a listing gives it: `size` in bytes as stored, `age` in seconds since the last that is known of it.

    `upload` tells two unfinished files of one name apart, where the place needs that to find them.
    """

    name: str
    size: int
    age: float
    unfinished: bool = False
    upload: str = ""


class Storage(ABC):
    """Files by name: `quarantine/<submission>/<photo>`, `clean/<submission>/<photo>.web` or `clean/…/<photo>.<generation>.web`.

    Where the place itself fails, every method raises OSError.
    """

    # An unfinished file older than this is written to by nobody any more.
    unfinished_seconds: int

    def sink(self, name: str, key: bytes) -> Sink:
        """Open `name` for writing; an existing file of that name is replaced when the sink is finished."""
        return Sink(self._target(checked(name)), name, key)

    def put(self, name: str, data: bytes, key: bytes) -> None:
        """Store `data` under `name`, replacing what was there."""
        with finishing(self.sink(name, key)) as sink:
            sink.write(data)

    def chunks(self, name: str, key: bytes) -> Iterator[bytes]:
        """The plain bytes in pieces; FileNotFoundError, or FileDamaged at the first piece that does not hold."""
        with self._source(checked(name)) as source:
            yield from unsealed(source, name, key)

    def read(self, name: str, key: bytes) -> bytes:
        """The plain bytes, whole."""
        return b"".join(self.chunks(name, key))

    def raw(self, name: str) -> Iterator[bytes]:
        """The sealed bytes as they lie, in pieces; FileNotFoundError."""
        with self._source(checked(name)) as source:
            while piece := source.read(16 * CHUNK):
                yield piece

    def put_raw(self, name: str, pieces: Iterable[bytes]) -> None:
        """Store what `raw` of another storage gave under the same `name`, to which its bytes are bound."""
        with finishing(self._target(checked(name))) as target:
            for piece in pieces:
                target.write(piece)

    @abstractmethod
    def delete(self, name: str) -> None:
        """Remove `name` if it is there."""

    @abstractmethod
    def discard(self, stored: StoredFile) -> None:
        """Remove a file that `listing` gave, finished or not, if it is still there."""

    @abstractmethod
    def delete_all(self, area: str, submission: str) -> None:
        """Remove everything of one submission in `area`; OSError if anything of it remains."""

    @abstractmethod
    def delete_photo(self, area: str, submission: str, photo: str) -> None:
        """Remove every file of one photo in `area`, whatever its size or generation."""

    @abstractmethod
    def listing(self, area: str) -> Iterator[StoredFile]:
        """Every file in `area`, unfinished ones and those of strangers included."""

    @abstractmethod
    def free(self) -> int | None:
        """Bytes that still fit; None where the place tells of no limit."""

    @abstractmethod
    def _target(self, name: str) -> SealTarget:
        """Where the sealed bytes of `name` go."""

    @abstractmethod
    def _source(self, name: str) -> AbstractContextManager[SealSource]:
        """Where they come from; FileNotFoundError."""


@contextmanager
def finishing(target: T) -> Iterator[T]:
    """Finish what is written in the block, or leave nothing if that fails."""
    try:
        yield target
        target.finish()
    except BaseException:
        target.abort()
        raise


def checked(name: str) -> str:
    """`name`, if it is one that we give out; ValueError otherwise."""
    if not NAME.fullmatch(name):
        raise ValueError("not a name that storage gives out")
    return name


def prefix(area: str, submission: str) -> str:
    """What the names of all files of a submission in `area` begin with; ValueError if there can be none."""
    return checked(f"{area}/{submission}/{submission}").removesuffix(submission)
