"""Buffer of a request body between the event loop, which receives it, and the thread that reads it."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from werkzeug.exceptions import RequestTimeout

from intake.web import limits
from intake.web.server.pace import Pace

Receive = Callable[[], Awaitable[Mapping[str, Any]]]

HELD_BEFORE_A_THREAD = 64 * 1024
"""Bytes that are received before a thread is taken. Smaller bodies, such as forms without files, arrive completely."""

READ_AHEAD = 512 * 1024
"""Largest number of bytes that are buffered for the reading thread."""


class RequestBody:
    """Request body: the event loop fills it (`fill`), and a thread reads it (`read`) as WSGI's `wsgi.input`."""

    def __init__(self, receive: Receive, pace: Pace) -> None:
        self._receive, self.pace = receive, pace
        self._chunks: deque[bytes] = deque()
        self._waiting = 0
        self._complete = self._gone = self._slow = False
        self._changed = threading.Condition()
        self._loop = asyncio.get_running_loop()
        self._room, self._news = asyncio.Event(), asyncio.Event()
        self._is_read = False
        """True once a thread reads. The buffer limit then is READ_AHEAD instead of HELD_BEFORE_A_THREAD."""

    # In the event loop

    async def fill(self) -> None:
        """Receive the body, then wait until the client disconnects."""
        while not self._complete and not self._gone:
            if self._waiting >= (READ_AHEAD if self._is_read else HELD_BEFORE_A_THREAD):
                self._room.clear()
                await self._room.wait()
                continue
            if not await self._next():
                return
        while not self._gone:
            self._take(await self._receive())

    async def _next(self) -> bool:
        """Receive the next bytes. Returns False if the client is too slow."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self.pace.left):
                message = await self._receive()
        except TimeoutError:
            self.cut_off()
            if self._is_read:
                limits.count("body_too_slow")
            return False
        self.pace.count(time.monotonic() - begun, len(message.get("body", b"")))
        self._take(message)
        return True

    def cut_off(self) -> None:
        """Stop receiving the body, because its client is too slow. Does nothing if the body is complete."""
        with self._changed:
            self._slow = not self._complete
            self._changed.notify_all()
        self._news.set()

    def _take(self, message: Mapping[str, Any]) -> None:
        with self._changed:
            if message["type"] == "http.disconnect":
                self._gone = True
            else:
                data = message.get("body", b"")
                if data:
                    self._chunks.append(data)
                    self._waiting += len(data)
                self._complete = not message.get("more_body", False)
            self._changed.notify_all()
        self._news.set()

    async def is_ready(self) -> bool:
        """Wait until enough has arrived to start a thread. Returns False if the client is gone or too slow."""
        while not self._complete and self._waiting < HELD_BEFORE_A_THREAD:
            if self._gone or self._slow:
                return False
            self._news.clear()
            await self._news.wait()
        return not self._gone

    async def discard(self, size: int) -> None:
        """Receive and drop up to `size` further bytes, because clients read no response before they have sent all."""
        self._is_read = True
        while not (self._complete or self._gone or self._slow) and size > 0:
            self._news.clear()
            size -= len(self._pop(READ_AHEAD))
            self._room.set()
            await self._news.wait()

    @property
    def is_whole(self) -> bool:
        """Return whether the complete body has been received."""
        return self._complete

    @property
    def is_slow(self) -> bool:
        """Return whether receiving was stopped because the client is too slow."""
        return self._slow

    def is_gone(self) -> bool:
        """Return whether the client has disconnected."""
        return self._gone

    # In a thread

    def read(self, size: int = -1) -> bytes:
        """Return `size` bytes, or fewer at the end of the body. -1 means all.

        Raises ConnectionResetError if the client is gone, RequestTimeout if it is too slow, but returns what came before.
        """
        found = bytearray()
        while size < 0 or len(found) < size:
            part = self._wait(READ_AHEAD if size < 0 else size - len(found), bool(found))
            if not part:
                break
            found += part
        return bytes(found)

    def readline(self, size: int = -1) -> bytes:
        """Return a line. WSGI demands this method."""
        line = bytearray()
        while (size < 0 or len(line) < size) and not line.endswith(b"\n"):
            byte = self.read(1)
            if not byte:
                break
            line += byte
        return bytes(line)

    def readlines(self, _hint: int = -1) -> list[bytes]:
        """Return all lines. WSGI demands this method."""
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _wait(self, size: int, has_some: bool) -> bytes:
        with self._changed:
            self._is_read = True
            while not self._chunks:
                if self._complete or (has_some and (self._gone or self._slow)):
                    return b""
                if self._slow:
                    raise RequestTimeout
                if self._gone:
                    raise ConnectionResetError
                self._changed.wait()
            part = self._pop(size)
        self._loop.call_soon_threadsafe(self._room.set)
        return part

    def _pop(self, size: int) -> bytes:
        """Remove and return up to `size` buffered bytes."""
        if not self._chunks:
            return b""
        chunk = self._chunks.popleft()
        if len(chunk) > size:
            self._chunks.appendleft(chunk[size:])
            chunk = chunk[:size]
        self._waiting -= len(chunk)
        return chunk
