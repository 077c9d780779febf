import os
import time
from collections.abc import Iterator

import pytest

from intake.photos import wire


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    with open(reading, "rb"), open(writing, "wb"):
        yield reading, os.dup(writing)


def sent(header: dict[str, object], blobs: list[bytes]) -> bytes:
    reading, writing = os.pipe()
    with open(reading, "rb") as answer:
        wire.send(writing, header, blobs)
        os.close(writing)
        return answer.read()


def test_what_is_sent_arrives() -> None:
    assert wire.unpack(sent({"width": 3}, [b"one", b"", b"three"])) == ({"width": 3}, [b"one", b"", b"three"])


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0",
        b"\0\0\0\x02{}",
        b"\xff\xff\xff\xff{}",
        b"\0\0\0\x0e" + b'{"blobs": [9]}',
        b"\0\0\0\x0f" + b'{"blobs": [-1]}',
        b"\0\0\0\x02[]",
        b"\0\0\0\x03abc",
        b"\0\0\x27\x10" + b"[" * 10_000,
    ],
)
def test_an_answer_that_does_not_add_up_is_garbled(answer: bytes) -> None:
    with pytest.raises(wire.Garbled):
        wire.unpack(answer)


def test_a_byte_too_many_is_garbled() -> None:
    with pytest.raises(wire.Garbled):
        wire.unpack(sent({}, [b"one"]) + b"x")


def test_gives_up_on_a_pipe_that_stays_silent(pipe: tuple[int, int]) -> None:
    with pytest.raises(wire.Late):
        wire.receive(pipe[0], time.monotonic() + 0.01, 100)
    os.close(pipe[1])


def test_takes_no_more_than_it_may() -> None:
    reading, writing = os.pipe()
    with open(reading, "rb"):
        os.write(writing, b"x" * 200)
        os.close(writing)
        with pytest.raises(wire.TooLong):
            wire.receive(reading, time.monotonic() + 10, 100)
