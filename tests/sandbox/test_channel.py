"""The channel to a child: requests with their descriptors, and inputs that nobody can change."""

import os
import socket
from collections.abc import Iterator

import pytest

from intake.sandbox.channel import (
    KIND,
    LONGEST,
    ChildRequest,
    receive_request,
    sealed,
    send_request,
    unsealed,
)
from intake.sandbox.limits import Limits

LIMITS = Limits(1 << 20, 2, 3, 4096)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair(socket.AF_UNIX, KIND)
    with here, there:
        yield here, there


def test_a_request_arrives_whole_with_its_descriptors(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    given = sealed(b"a photo")
    reading, writing = os.pipe()
    send_request(here, ChildRequest("clean", {"quality": 80}, LIMITS, given, writing))
    os.close(writing)
    os.close(given)
    found = receive_request(there)
    assert found is not None
    assert (found.function, found.parameters, found.limits) == ("clean", {"quality": 80}, LIMITS)
    assert unsealed(found.input) == b"a photo"
    os.write(found.output, b"an answer")
    assert os.read(reading, 100) == b"an answer"
    for descriptor in (found.input, found.output, reading):
        os.close(descriptor)


def test_there_is_no_request_from_a_process_that_is_gone(ends: tuple[socket.socket, socket.socket]) -> None:
    ends[0].close()
    assert receive_request(ends[1]) is None


def test_parameters_that_are_too_long_are_not_sent(ends: tuple[socket.socket, socket.socket]) -> None:
    request = ChildRequest("clean", {"words": "a" * LONGEST}, LIMITS, 0, 1)
    with pytest.raises(OSError, match="too long"):
        send_request(ends[0], request)
    ends[0].close()
    assert receive_request(ends[1]) is None


@pytest.mark.parametrize("data", [b"", b"a", bytes(range(256)) * 5000], ids=["empty", "short", "long"])
def test_what_is_sealed_is_read_again(data: bytes) -> None:
    descriptor = sealed(data)
    assert unsealed(descriptor) == unsealed(descriptor) == data
    os.close(descriptor)


def test_what_is_sealed_cannot_be_changed_cut_or_lengthened() -> None:
    descriptor = sealed(b"a photo")
    for change in (
        lambda: os.pwrite(descriptor, b"b", 0),
        lambda: os.ftruncate(descriptor, 1),
        lambda: os.ftruncate(descriptor, 100),
    ):
        with pytest.raises(PermissionError):
            change()
    assert unsealed(descriptor) == b"a photo"
    os.close(descriptor)
