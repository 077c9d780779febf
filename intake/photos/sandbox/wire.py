"""How the sandboxed child answers: the length of a JSON header, the header, and the blobs whose lengths it names."""

import contextlib
import fcntl
import io
import json
import os
import select
import time
from typing import TYPE_CHECKING, Any

from intake.photos.limits import MB

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


_PREFIX = 4
_PIPE = MB
"""Bytes that wait in the pipe, where the system lets them: by its 64 KB, parent and child wake each other fifty times a photo."""
_LONGEST_HEADER = 8 * MB


class Garbled(Exception):
    """The child's answer is not one."""


class TooLong(Exception):
    """The child says more than it may, or announces to."""


class Late(Exception):
    """The child did not finish answering in time."""


def widen(descriptor: int) -> None:
    """Let a pipe hold a megabyte, if it may. A user has 64 MB of such pipes, and goes on with smaller ones after that."""
    with contextlib.suppress(AttributeError, OSError):
        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE)


def send(descriptor: int, header: dict[str, Any], blobs: list[bytes]) -> None:
    """Write the answer whole."""
    head = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    for part in (len(head).to_bytes(_PREFIX, "big"), head, *blobs):
        view = memoryview(part)
        while view:
            view = view[os.write(descriptor, view) :]


def receive(descriptor: int, deadline: float, most: int) -> tuple[dict[str, Any], list[bytes]]:
    """Header and blobs, up to the end of the pipe.

    Raise Late after `deadline` (time.monotonic), TooLong where more than `most` bytes are announced, Garbled unless every
    byte is accounted for.
    """
    # Its read() fills the bytes that it returns without a copy between: of three megabytes, each costs milliseconds.
    answer = io.BufferedReader(_Pipe(descriptor, deadline))
    announced = int.from_bytes(_exactly(answer, _PREFIX), "big")
    if announced > min(most, _LONGEST_HEADER):
        raise TooLong
    header, lengths = _header(_exactly(answer, announced))
    if announced + sum(lengths) > most:
        raise TooLong
    blobs = [_exactly(answer, length) for length in lengths]
    if answer.read(1):
        raise Garbled
    return header, blobs


def _header(head: bytes) -> tuple[dict[str, Any], list[int]]:
    try:
        header = json.loads(head)
        lengths = [int(length) for length in header.pop("blobs")]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise Garbled from None
    if min(lengths, default=0) < 0:
        raise Garbled
    return header, lengths


def _exactly(answer: "io.BufferedReader[_Pipe]", length: int) -> bytes:
    part = answer.read(length)
    if len(part) != length:
        raise Garbled
    return part


class _Pipe(io.RawIOBase):
    """The reading end of a pipe, which others close; no read of it waits past the deadline."""

    def __init__(self, descriptor: int, deadline: float) -> None:
        self._descriptor, self._deadline = descriptor, deadline
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer with what is there, or wait. Raise Late."""
        left = self._deadline - time.monotonic()
        if left <= 0 or not self._poll.poll(left * 1000):
            raise Late
        return os.readv(self._descriptor, [buffer])
