"""Encrypted format of a stored file, which is the same on disk and in S3.

A header (`TRN1` and a random 7-byte prefix) is followed by chunks of 64 KiB, each under AES-256-GCM. The
nonce is prefix ‖ counter ‖ last-flag (STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
The name of the file is the additional authenticated data. So nobody can cut off or swap chunks, or move them
to a file of another name, without detection.
"""

import os
from collections.abc import Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"TRN1"
PREFIX_BYTES = 7
CHUNK = 64 * 1024
TAG_BYTES = 16


class FileDamaged(Exception):
    """A stored file is truncated, altered, or was encrypted under another key or name."""


class SealTarget(Protocol):
    """Destination of the encrypted bytes of a file.

    The file appears under its name when `finish` returns, complete. An earlier file keeps the name until
    then.
    """

    def write(self, data: bytes) -> object:
        """Append encrypted bytes."""

    def finish(self) -> None:
        """Complete the file and make it durable."""

    def abort(self) -> None:
        """Discard all bytes. Never raises OSError, so that the error before the abort is reported."""


class SealSource(Protocol):
    """Origin of the encrypted bytes of a file."""

    def read(self, size: int) -> bytes:
        """Read `size` bytes. Returns fewer bytes only at the end of the file."""


class Sink:
    """Encrypts plain bytes, in chunks of any size, and writes them to a target. Plain bytes stay in memory.

    Each sink has its own target, so the bytes of two sinks for the same file name do not mix. The sink that
    finishes last determines the file.

    `count` is the number of chunks that are written, and `held` has the bytes after them.
    """

    def __init__(
        self, target: SealTarget, name: str, key: bytes, begun: "tuple[bytes, int, bytes] | None" = None
    ) -> None:
        """Begin a file, or continue one. `begun` is (prefix, number of written chunks, plain bytes after them)."""
        self._target, self._name, self._cipher = target, name.encode(), AESGCM(key)
        self._prefix, self.count, self.held = begun or (os.urandom(PREFIX_BYTES), 0, b"")
        if begun is None:
            target.write(MAGIC + self._prefix)

    def write(self, data: bytes) -> int:
        """Encrypt `data`. The last bytes stay in a buffer, because `finish` must mark the last chunk."""
        # A memoryview avoids copies. For a photo of 4 MB, copying at each slice took twice as long as
        # encrypting.
        rest = memoryview(data)
        if self.held and len(self.held) + len(rest) > CHUNK:
            missing = CHUNK - len(self.held)
            self._flush(self.held + rest[:missing], last=False)
            self.held, rest = b"", rest[missing:]
        while len(rest) > CHUNK:
            self._flush(rest[:CHUNK], last=False)
            rest = rest[CHUNK:]
        self.held += rest
        return len(data)

    def finish(self) -> None:
        """Encrypt the last chunk and give the file its name. Afterwards the file survives a crash."""
        self._flush(self.held, last=True)
        self._target.finish()

    def abort(self) -> None:
        """Discard the unfinished file."""
        self._target.abort()

    def _flush(self, chunk: bytes | memoryview, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self.count, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._name))
        self.count += 1


def unsealed(source: SealSource, name: str, key: bytes) -> Iterator[bytes]:
    """Decrypt a stored file in chunks. Raises FileDamaged at the first invalid chunk."""
    header = source.read(len(MAGIC) + PREFIX_BYTES)
    if len(header) < len(MAGIC) + PREFIX_BYTES or not header.startswith(MAGIC):
        raise FileDamaged("not a file of ours")
    prefix = header[len(MAGIC) :]
    count, chunk = 0, source.read(CHUNK + TAG_BYTES)
    while True:
        following = source.read(CHUNK + TAG_BYTES)
        yield open_chunk(chunk, prefix, count, name, key, last=not following)
        if not following:
            return
        count, chunk = count + 1, following


def open_chunk(
    sealed: bytes, prefix: bytes, number: int, name: str, key: bytes, *, last: bool = False
) -> bytes:
    """Decrypt the chunk with this number, from 0. Raises FileDamaged."""
    try:
        return AESGCM(key).decrypt(_nonce(prefix, number, last=last), sealed, name.encode())
    except InvalidTag:
        raise FileDamaged("a chunk does not hold") from None


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + count.to_bytes(4, "big") + bytes([last])
