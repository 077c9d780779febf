"""Request bodies: a thread reads them correctly, whatever the client does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from werkzeug.exceptions import RequestTimeout

from intake.web.server.body import HELD_BEFORE_A_THREAD, READ_AHEAD, RequestBody
from intake.web.server.pace import Pace
from tests.loops import run

Message = dict[str, Any]
DISCONNECT: Message = {"type": "http.disconnect"}


def part(data: bytes, more: bool = True) -> Message:
    return {"type": "http.request", "body": data, "more_body": more}


def read(
    messages: list[Message],
    reads: Callable[[RequestBody], Any],
    pace: Pace | None = None,
    silent: bool = False,
) -> Any:
    """Give `messages` (ASGI) to a request body, and return the result of `reads`, which reads it in a thread.

    After the messages the client disconnects. With `silent`, it stays connected and sends nothing.
    """
    taken: list[int] = []

    async def receive() -> Message:
        if messages:
            taken.append(1)
            return messages.pop(0)
        if silent:
            await asyncio.sleep(60)
        return DISCONNECT

    async def main() -> Any:
        body = RequestBody(receive, pace or Pace())
        filling = asyncio.create_task(body.fill())
        try:
            return await asyncio.to_thread(reads, body)
        finally:
            filling.cancel()

    return run(main())


def test_parts_are_joined_and_split_as_they_are_asked_for() -> None:
    parts = [part(b"abc"), part(b""), part(b"defgh"), part(b"i", more=False)]
    assert read(parts, lambda body: [body.read(2), body.read(4), body.read(), body.read()]) == [
        b"ab",
        b"cdef",
        b"ghi",
        b"",
    ]


def test_lines() -> None:
    parts = [part(b"one\ntw"), part(b"o\nthree", more=False)]
    assert read(parts, lambda body: [body.readline(2), *body.readlines()]) == [
        b"on",
        b"e\n",
        b"two\n",
        b"three",
    ]


def test_what_came_before_the_line_broke_is_read_and_then_it_is_told() -> None:
    def reads(body: RequestBody) -> bytes:
        found = body.read(100)
        with pytest.raises(ConnectionResetError):
            body.read(100)
        return found

    assert read([part(b"abc"), DISCONNECT], reads) == b"abc"


def test_a_body_that_ends_before_its_end_is_not_taken_for_whole() -> None:
    """Test also for a chunked body, which has no length: its last chunk is missing."""

    def reads(body: RequestBody) -> bool:
        body.read(2)
        with pytest.raises(ConnectionResetError):
            body.read(2)
        return body.is_whole

    assert read([part(b"ab"), DISCONNECT], reads) is False


def test_a_client_that_says_nothing_more_is_given_up() -> None:
    def reads(body: RequestBody) -> bytes:
        found = body.read(10)
        with pytest.raises(RequestTimeout):
            body.read(10)
        assert body.is_slow
        return found

    assert read([part(b"abc")], reads, Pace(grace=0.05), silent=True) == b"abc"


def test_a_body_that_is_cut_off_after_its_end_is_whole() -> None:
    def reads(body: RequestBody) -> bytes:
        found = body.read()
        body.cut_off()
        assert not body.is_slow
        return found

    assert read([part(b"abc", more=False)], reads) == b"abc"


def ready(
    messages: list[Message], then: Callable[[RequestBody], Awaitable[Any]], pace: Pace | None = None
) -> Any:
    """Give `messages` (ASGI) to a request body, and await `then` on it, without a thread that reads.

    After the messages the client stays connected and sends nothing.
    """

    async def receive() -> Message:
        if messages:
            return messages.pop(0)
        await asyncio.sleep(60)
        return DISCONNECT

    async def main() -> Any:
        body = RequestBody(receive, pace or Pace())
        filling = asyncio.create_task(body.fill())
        try:
            async with asyncio.timeout(20):
                return await then(body)
        finally:
            filling.cancel()

    return run(main())


def test_a_small_body_is_ready_when_it_is_whole() -> None:
    async def then(body: RequestBody) -> tuple[bool, bool]:
        return await body.is_ready(), body.is_whole

    assert ready([part(b"a"), part(b"b", more=False)], then) == (True, True)


def test_a_large_body_is_ready_before_it_is_whole_and_waits_for_its_reader() -> None:
    parts = [part(bytes(HELD_BEFORE_A_THREAD // 2)) for _ in range(20)]

    async def then(body: RequestBody) -> tuple[bool, bool]:
        found = await body.is_ready()
        await asyncio.sleep(0.05)
        return found, body.is_whole

    assert ready(parts, then) == (True, False)
    assert len(parts) == 18  # The rest is not received until a thread reads.


def test_a_slow_or_broken_beginning_is_never_ready() -> None:
    async def then(body: RequestBody) -> bool:
        return await body.is_ready()

    assert ready([part(b"a")], then, Pace(grace=0.05)) is False
    assert ready([part(b"a"), DISCONNECT], then) is False


def test_the_rest_is_dropped_up_to_a_limit() -> None:
    parts = [part(bytes(1000)) for _ in range(50)] + [part(b"", more=False)]

    async def then(body: RequestBody) -> bool:
        await body.discard(READ_AHEAD)
        return body.is_whole

    assert ready(parts, then) is True
