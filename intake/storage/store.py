"""Interface of a storage for encrypted files."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from intake.storage.seal import CHUNK, SealSource, SealTarget, Sink, unsealed

T = TypeVar("T", bound=SealTarget)

HOUR = 3600
# Duration of the slowest supported upload: 200 MB at 2.4 KB/s, as over a bad Tor circuit.
UPLOAD_SECONDS = 24 * HOUR
NAME = re.compile(
    r"((quarantine|clean)/[0-9a-f-]{36}/[0-9a-f-]{36}((\.\d{1,19})?\.(full|web|thumb|base))?|sealed/[0-9a-f-]{36}/[0-9a-f-]{36}(\.\d{1,19})?)"
)
AREAS = ("quarantine", "clean", "sealed")


class StorageAway(OSError):
    """The storage failed. The message is one sentence. `advice` says what an admin should do."""

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.advice = advice


@dataclass(frozen=True)
class StoredFile:
    """File in a listing. `size` is in encrypted bytes, `age` in seconds since its last known change.

    `unfinished` is true for a temporary file or an unfinished upload. `upload` is the id of an unfinished
    upload to S3, because there may be several for one name.
    """

    name: str
    size: int
    age: float
    unfinished: bool = False
    upload: str = ""


class Storage(ABC):
    """Storage for encrypted files. Every method raises OSError if the storage fails.

    Names of files are `quarantine/<submission>/<photo>`, `clean/<submission>/<photo>.web` or, after a
    retouch, `clean/<submission>/<photo>.<generation>.web`, or `sealed/<submission>/<photo>.<number>`. The part
    before the first slash is the area.
    """

    # Age in seconds of an unfinished file after which no process writes to it any more.
    unfinished_seconds: int

    def sink(self, name: str, key: bytes) -> Sink:
        """Open the file `name` for writing. An existing file is replaced when the sink is finished."""
        return Sink(self._target(checked(name)), name, key)

    def put(self, name: str, data: bytes, key: bytes) -> None:
        """Encrypt `data` and store it as the file `name`, replacing an existing file."""
        with finishing(self.sink(name, key)) as sink:
            sink.write(data)

    def chunks(self, name: str, key: bytes) -> Iterator[bytes]:
        """Decrypted bytes of a file, in chunks. Raises FileNotFoundError, or FileDamaged at a bad chunk."""
        with self._source(checked(name)) as source:
            yield from unsealed(source, name, key)

    def read(self, name: str, key: bytes) -> bytes:
        """Decrypted bytes of a whole file. Raises FileNotFoundError or FileDamaged."""
        return b"".join(self.chunks(name, key))

    def raw(self, name: str) -> Iterator[bytes]:
        """Encrypted bytes of a file in chunks. Raises FileNotFoundError."""
        with self._source(checked(name)) as source:
            while chunk := source.read(16 * CHUNK):
                yield chunk

    def put_raw(self, name: str, chunks: Iterable[bytes]) -> None:
        """Store encrypted bytes that another storage's `raw` returned for the same `name`.

        The bytes can be decrypted under this name only.
        """
        with finishing(self._target(checked(name))) as target:
            for chunk in chunks:
                target.write(chunk)

    def adopt(self, name: str, path: Path) -> None:
        """Store a file of encrypted bytes that was written in a folder of this machine, and remove it there."""
        with path.open("rb") as source:
            self.put_raw(name, iter(lambda: source.read(16 * CHUNK), b""))
        path.unlink()

    @abstractmethod
    def delete(self, name: str) -> None:
        """Delete the file `name` if it exists."""

    @abstractmethod
    def discard(self, stored: StoredFile) -> None:
        """Delete a file that `listing` returned, finished or unfinished, if it still exists."""

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
        """Number of free bytes, or None if the storage has no known limit."""

    @abstractmethod
    def _target(self, name: str) -> SealTarget:
        """Open a target for the encrypted bytes of the file `name`."""

    @abstractmethod
    def _source(self, name: str) -> AbstractContextManager[SealSource]:
        """Open the source of the encrypted bytes of the file `name`. Raises FileNotFoundError."""


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
