"""Wire format of the child's answer: length of a JSON header, the header, and the blobs whose lengths it lists."""

import contextlib
import fcntl
import io
import json
import os
import select
import time
from typing import TYPE_CHECKING, Any

from intake.sandbox.limits import MB
from intake.sandbox.task import Room

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


_PREFIX = 4
_PIPE = MB
"""Size of the pipe's buffer in bytes.

With the default of 64 KB, parent and child wake each other fifty times for each photo.
"""


class AnswerGarbled(Exception):
    """The child's answer is malformed."""


class AnswerTooLong(Exception):
    """The child's answer exceeds the size limit, or its announced length does."""


class AnswerLate(Exception):
    """The child did not finish its answer in time."""


def enlarge_pipe(descriptor: int) -> None:
    """Enlarge a pipe's buffer to 1 MB if allowed. Linux grants a user 64 MB of such buffers.

    Further pipes keep their small buffer.
    """
    with contextlib.suppress(AttributeError, OSError):
        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE)


def send(descriptor: int, header: dict[str, Any], blobs: list[bytes]) -> None:
    """Write the whole answer (header and blobs) to the pipe."""
    head = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    for part in (len(head).to_bytes(_PREFIX, "big"), head, *blobs):
        view = memoryview(part)
        while view:
            view = view[os.write(descriptor, view) :]


def receive(descriptor: int, deadline: float, most: int, room: Room) -> tuple[dict[str, Any], list[bytes]]:
    """Read header and blobs, up to the end of the pipe.

    Raises AnswerLate after `deadline` (time.monotonic). Raises AnswerTooLong if the announced lengths exceed `most`
    or `room`, or if `room` does not allow this number of blobs. Raises AnswerGarbled if the header is malformed, or
    if bytes are missing or left over.
    """
    # BufferedReader.read() makes no further copy. Each copy of 3 MB takes milliseconds.
    answer = io.BufferedReader(_Pipe(descriptor, deadline))
    announced = int.from_bytes(_exactly(answer, _PREFIX), "big")
    if announced > min(most, room.header_bytes):
        raise AnswerTooLong
    header, lengths = _header(_exactly(answer, announced))
    if announced + sum(lengths) > most or max(lengths, default=0) > room.blob_bytes:
        raise AnswerTooLong
    # A refusal has no blobs.
    if "refused" not in header and not room.least_blobs <= len(lengths) <= room.most_blobs:
        raise AnswerTooLong
    blobs = [_exactly(answer, length) for length in lengths]
    if answer.read(1):
        raise AnswerGarbled
    return header, blobs


def _header(head: bytes) -> tuple[dict[str, Any], list[int]]:
    try:
        header = json.loads(head, parse_constant=_refuse_constant)
        lengths = header.pop("blobs")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise AnswerGarbled from None
    if not isinstance(lengths, list) or any(type(length) is not int or length < 0 for length in lengths):
        raise AnswerGarbled
    return header, lengths


def _refuse_constant(_name: str) -> float:
    """Refuse NaN and Infinity, which are not JSON."""
    raise ValueError


def _exactly(answer: "io.BufferedReader[_Pipe]", length: int) -> bytes:
    part = answer.read(length)
    if len(part) != length:
        raise AnswerGarbled
    return part


class _Pipe(io.RawIOBase):
    """Reading end of a pipe that the caller closes. No read waits past the deadline."""

    def __init__(self, descriptor: int, deadline: float) -> None:
        self._descriptor, self._deadline = descriptor, deadline
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def readable(self) -> bool:
        """Return True, as io.RawIOBase requires."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer with available bytes, or wait. Raises AnswerLate."""
        left = self._deadline - time.monotonic()
        if left <= 0 or not self._poll.poll(left * 1000):
            raise AnswerLate
        return os.readv(self._descriptor, [buffer])
