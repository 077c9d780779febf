"""The form of a stored file, which is the same on a disk and on S3.

A header (`TRN1` and a random 7-byte prefix), then chunks of 64 KiB, each under AES-256-GCM with the nonce
prefix ‖ counter ‖ last-flag (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015) and the
name as additional data: chunks cannot be cut off, swapped, or moved to a file of another name.
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
    """A stored file is cut short, altered, or was written under another key or name."""


class SealTarget(Protocol):
    """Where sealed bytes go. They stand under their name, whole, once `finish` returns; before that nothing does."""

    def write(self, data: bytes) -> object:
        """Take more of them."""

    def finish(self) -> None:
        """There are no more: make them last."""

    def abort(self) -> None:
        """Leave nothing; never raises OSError, since what led here is the error to tell."""


class SealSource(Protocol):
    """Where sealed bytes come from."""

    def read(self, size: int) -> bytes:
        """The next `size` bytes; fewer at the end alone."""


class Sink:
    """Takes plain bytes in pieces of any size and passes them on sealed; nothing plain leaves the memory.

    Each sink writes to a target of its own, so two at once of one name do not mix: the one that finishes last stays.
    """

    def __init__(self, target: SealTarget, name: str, key: bytes) -> None:
        self._target, self._name = target, name.encode()
        self._cipher, self._prefix = AESGCM(key), os.urandom(PREFIX_BYTES)
        self._held, self._count = b"", 0
        target.write(MAGIC + self._prefix)

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
        """Seal the last chunk and give the file its name: from here it survives a crash."""
        self._flush(self._held, last=True)
        self._target.finish()

    def abort(self) -> None:
        """Leave nothing of what is not finished."""
        self._target.abort()

    def _flush(self, chunk: bytes | memoryview, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._count, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._name))
        self._count += 1


def unsealed(source: SealSource, name: str, key: bytes) -> Iterator[bytes]:
    """The plain bytes of a stored file in pieces; FileDamaged at the first one that does not hold."""
    header = source.read(len(MAGIC) + PREFIX_BYTES)
    if len(header) < len(MAGIC) + PREFIX_BYTES or not header.startswith(MAGIC):
        raise FileDamaged("not a file of ours")
    prefix, cipher = header[len(MAGIC) :], AESGCM(key)
    count, chunk = 0, source.read(CHUNK + TAG_BYTES)
    while True:
        following = source.read(CHUNK + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(prefix, count, last=not following), chunk, name.encode())
        except InvalidTag:
            raise FileDamaged("a chunk does not hold") from None
        if not following:
            return
        count, chunk = count + 1, following


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + count.to_bytes(4, "big") + bytes([last])
