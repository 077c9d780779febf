import os
import time
from collections.abc import Iterator

import pytest

from intake.sandbox import wire
from intake.sandbox.task import Room


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    with open(reading, "rb"), open(writing, "wb"):
        yield reading, os.dup(writing)


ROOM = Room(most_blobs=3, blob_bytes=70)


def said(answer: bytes, most: int = 1000, room: Room = ROOM) -> tuple[dict[str, object], list[bytes]]:
    """Receive from a child that sends exactly these bytes."""
    reading, writing = os.pipe()
    with open(reading, "rb"):
        os.write(writing, answer)
        os.close(writing)
        return wire.receive(reading, time.monotonic() + 10, most, room)


def sent(header: dict[str, object], blobs: list[bytes]) -> bytes:
    reading, writing = os.pipe()
    with open(reading, "rb") as answer:
        wire.send(writing, header, blobs)
        os.close(writing)
        return answer.read()


def test_what_is_sent_arrives() -> None:
    assert said(sent({"width": 3}, [b"one", b"", b"three"])) == ({"width": 3}, [b"one", b"", b"three"])


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0",
        b"\0\0\0\x02{}",
        b"\0\0\0\x0e" + b'{"blobs": [9]}',
        b"\0\0\0\x0f" + b'{"blobs": [-1]}',
        b"\0\0\0\x13" + b'{"blobs": [1e9999]}',
        b"\0\0\0\x0d" + b'{"blobs": {}}',
        b"\0\0\0\x11" + b'{"blobs": [true]}',
        b"\0\0\0\x10" + b'{"blobs": ["1"]}',
        b"\0\0\0\x18" + b'{"blobs": [], "x": NaN} ',
        b"\0\0\0\x1d" + b'{"blobs": [], "x": Infinity} ',
        b"\0\0\0\x02[]",
        b"\0\0\0\x03abc",
        b"\0\0\x27\x10" + b"[" * 10_000,
    ],
)
def test_an_answer_that_does_not_add_up_is_garbled(answer: bytes) -> None:
    with pytest.raises(wire.AnswerGarbled):
        said(answer, 1 << 20)


def test_a_byte_too_many_is_garbled() -> None:
    with pytest.raises(wire.AnswerGarbled):
        said(sent({}, [b"one"]) + b"x")


def test_gives_up_on_a_pipe_that_stays_silent(pipe: tuple[int, int]) -> None:
    with pytest.raises(wire.AnswerLate):
        wire.receive(pipe[0], time.monotonic() + 0.01, 100, ROOM)
    os.close(pipe[1])


@pytest.mark.parametrize(
    ("answer", "most"),
    [
        (b"\xff\xff\xff\xff{}", 1 << 40),
        (b"\0\0\0\xc8" + b" " * 200, 100),
        (b'\0\0\0\x13{"blobs": [60, 60]}', 100),
    ],
)
def test_takes_no_more_than_it_may(answer: bytes, most: int) -> None:
    """The receiver refuses an announced length before it allocates memory for it."""
    with pytest.raises(wire.AnswerTooLong):
        said(answer, most)


@pytest.mark.parametrize("blobs", [[b"a"] * 4, [b"a"] * 1, [b"a" * 71] * 2])
def test_more_or_larger_blobs_than_the_task_has_are_refused(blobs: list[bytes]) -> None:
    with pytest.raises(wire.AnswerTooLong):
        said(sent({}, blobs), room=Room(least_blobs=2, most_blobs=3, blob_bytes=70))


def test_a_header_longer_than_that_of_the_task_is_refused() -> None:
    with pytest.raises(wire.AnswerTooLong):
        said(sent({"x": "a" * 100}, []), room=Room(header_bytes=100))
