"""How the sandboxed child answers: the length of a JSON header, the header, and the blobs whose lengths it names."""

import contextlib
import fcntl
import json
import os
import select
import time
from typing import Any

_PREFIX = 4
_PIPE = 1 << 20
"""Bytes that wait in the pipe, where the system lets them: by its 64 KB, parent and child wake each other fifty times a photo."""
_GULP = 1 << 18


class Garbled(Exception):
    """The child's answer is not one."""


class TooLong(Exception):
    """The child says more than it may, and is perhaps still saying it."""


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


def receive(descriptor: int, deadline: float, most: int) -> bytearray:
    """Everything up to the end of the pipe. Raise Late after `deadline` (time.monotonic), TooLong past `most` bytes."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    received = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise Late
        chunk = os.read(descriptor, _GULP)
        if not chunk:
            return received
        received += chunk
        if len(received) > most:
            raise TooLong


def unpack(answer: bytes | bytearray) -> tuple[dict[str, Any], list[bytes]]:
    """Header and blobs of an answer; raise Garbled unless every byte is accounted for."""
    try:
        start = _PREFIX + int.from_bytes(answer[:_PREFIX], "big")
        header = json.loads(answer[_PREFIX:start])
        lengths = [int(length) for length in header.pop("blobs")]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Garbled from None
    if min(lengths, default=0) < 0 or start + sum(lengths) != len(answer):
        raise Garbled
    blobs = []
    for length in lengths:
        # Through a view: of three megabytes, each copy saved is a millisecond of page faults.
        blobs.append(bytes(memoryview(answer)[start : start + length]))
        start += length
    return header, blobs
