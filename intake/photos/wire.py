"""How the sandboxed child answers: the length of a JSON header, the header, and the blobs whose lengths it names."""

import json
import os
import select
import time
from typing import Any

_PREFIX = 4
_CHUNK = 1 << 20


class Garbled(Exception):
    """The child's answer is not one."""


class TooLong(Exception):
    """The child says more than it may, and is perhaps still saying it."""


class Late(Exception):
    """The child did not finish answering in time."""


def send(descriptor: int, header: dict[str, Any], blobs: list[bytes]) -> None:
    """Write the answer whole."""
    head = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    for part in (len(head).to_bytes(_PREFIX, "big"), head, *blobs):
        view = memoryview(part)
        while view:
            view = view[os.write(descriptor, view) :]


def receive(descriptor: int, deadline: float, most: int) -> bytes:
    """Everything up to the end of the pipe. Raise Late after `deadline` (time.monotonic), TooLong past `most` bytes."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    received = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise Late
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            return bytes(received)
        received += chunk
        if len(received) > most:
            raise TooLong


def unpack(answer: bytes) -> tuple[dict[str, Any], list[bytes]]:
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
        blobs.append(answer[start : start + length])
        start += length
    return header, blobs
