"""Encryption of a backup to public keys, in the format age (https://age-encryption.org/v1).

A public key, the recipient, begins with `age1`. The secret key that opens what was encrypted to it, the identity, begins with
`AGE-SECRET-KEY-1`. Chunks are passed on as they come: no file is in memory as a whole, and none is written in clear.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BufferedIOBase
from pathlib import Path
from typing import Any, Protocol

import pyrage

from intake.backup.errors import BackupFault
from intake.fsync import open_private

SUFFIX = ".age"
IDENTITY_BEGIN = "AGE-SECRET-KEY-1"
MAX_IDENTITY_BYTES = 64 * 1024
Recipients = Sequence[pyrage.x25519.Recipient]
Identities = Sequence[pyrage.x25519.Identity]


class WrongIdentity(Exception):
    """No identity opens the file."""


class Damaged(Exception):
    """The file was truncated or changed, or is no file in the format age."""


class Target(Protocol):
    """Object that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""
        ...


def recipients(names: Iterable[str]) -> Recipients:
    """Parse public keys such as `age1…`. Raises BackupFault, which names the wrong one, but no secret key."""
    found = []
    for name in names:
        try:
            found.append(pyrage.x25519.Recipient.from_str(name))
        except pyrage.RecipientError:
            raise BackupFault(
                f"TRANSOM_BACKUP_RECIPIENT has {name[:12]}…, which is no public key of age: copy the line that begins with age1 from"
                " `transom backups keygen` or `age-keygen`."
            ) from None
    return found


def identities(path: Path) -> Identities:
    """Read identities from a file as `age-keygen` writes it, or from standard input if `path` is `-`. Raises BackupFault."""
    shown = "standard input" if str(path) == "-" else str(path)
    try:
        data = sys.stdin.buffer.read(MAX_IDENTITY_BYTES) if str(path) == "-" else _read(path)
        lines = [line.strip() for line in data.decode("ascii").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise BackupFault(
            f"The identity {shown} cannot be read ({error.strerror}): name it correctly."
        ) from None
    except (UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise BackupFault(
            f"{shown} has no identity of age: name the file with the line that begins with {IDENTITY_BEGIN}. If a passphrase protects it,"
            " decrypt it with `age --decrypt` first, and pipe the result to `--identity -`."
        )
    return found


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_IDENTITY_BYTES)


def write_identity(path: Path) -> str:
    """Make an identity, and write it to a new file with mode 600, as `age-keygen` does. Returns its recipient.

    Raises BackupFault if the file exists or cannot be written.
    """
    made = pyrage.x25519.Identity.generate()
    recipient = str(made.to_public())
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    try:
        with open(path, "x", encoding="ascii", opener=open_private) as file:
            file.write(f"# created: {at}\n# public key: {recipient}\n{made}\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise BackupFault(f"{path} exists: name a file that is not there yet.") from None
    except OSError as error:
        raise BackupFault(f"{path} cannot be written ({error.strerror}): name another file.") from None
    return recipient


def encrypt(chunks: Iterable[bytes], target: Target, to: Recipients) -> None:
    """Encrypt chunks of bytes to recipients. Raises whatever `chunks` and `target` raise."""
    source, guarded = _Source(chunks), _Guarded(target)
    try:
        pyrage.encrypt_io(source, guarded, list(to))
    except Exception:
        # pyrage replaces an error of the source or the target by its own error, which has only the text.
        for error in (source.error, guarded.error):
            if error is not None:
                raise error from None
        raise


def decrypt(source: BufferedIOBase, take: Callable[[bytes], object], of: Identities) -> None:
    """Decrypt a file, and call `take` with each chunk. A chunk is authentic, but later ones may be missing until the end.

    Raises WrongIdentity, Damaged, and whatever `take` raises.
    """
    guarded = _Guarded(_Call(take))
    try:
        pyrage.decrypt_io(source, guarded, list(of))
    except (pyrage.DecryptError, OSError) as error:
        if guarded.error is not None:
            raise guarded.error from None
        if str(error).startswith("No matching keys"):
            raise WrongIdentity from None
        raise Damaged from None


class _Source(BufferedIOBase):
    """Reader of chunks, for pyrage."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks: Iterator[bytes] = iter(chunks)
        self._rest = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int | None = None, /) -> bytes:
        """Return at most `size` bytes, and none at the end."""
        try:
            while not self._rest:
                chunk = next(self._chunks, None)
                if chunk is None:
                    return b""
                self._rest = memoryview(chunk)
        except BaseException as error:
            self.error = error
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


class _Guarded(BufferedIOBase):
    """Writer that remembers the error of its target, because pyrage hides it."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.error: BaseException | None = None

    def write(self, data: Any, /) -> int:
        """Pass bytes on."""
        try:
            self._target.write(data)
        except BaseException as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """Do nothing: the file is flushed when it is complete."""


class _Call:
    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take

    def write(self, data: bytes) -> None:
        self._take(data)
