"""Threads of the web server, a fixed number for each kind of request.

A flood of requests of one kind cannot take the threads of other kinds.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from intake.web import limits
from intake.web.server.body import RequestBody


class NoPlace(Exception):
    """No thread of the request's kind became free within the waiting time."""


@dataclass(eq=False)
class Places:
    """Threads for one kind of request."""

    name: str
    threads: int
    wait_seconds: float
    """Seconds that a request waits for a free thread. Then NoPlace is raised."""
    bodies: dict[RequestBody, float] = field(default_factory=dict)
    """Request bodies that threads are reading → start time (`time.monotonic`)."""

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.threads)
        self._executor = ThreadPoolExecutor(self.threads, thread_name_prefix=self.name)
        self.waiting = 0

    @asynccontextmanager
    async def place(self, body: RequestBody) -> AsyncIterator[ThreadPoolExecutor]:
        """Wait for a free thread, and hold it during the block. Yields the executor. Raises NoPlace."""
        self.waiting += 1
        try:
            await self._acquire()
        finally:
            self.waiting -= 1
        self.bodies[body] = time.monotonic()
        try:
            yield self._executor
        finally:
            del self.bodies[body]
            self._free.release()

    async def _acquire(self) -> None:
        try:
            async with asyncio.timeout(self.wait_seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise NoPlace from error


SLOW_UNDER_PRESSURE = 16 * 1024
"""Bytes per second. A slower upload may lose its thread if another upload waits."""
OLD_ENOUGH = 15.0
"""Seconds for which an upload keeps its thread, however slow it is."""
LOOK_SECONDS = 1.0


@dataclass(eq=False)
class UploadPlaces(Places):
    """Threads for large bodies, which are read while they arrive (see HELD_BEFORE_A_THREAD).

    If all threads are taken and another upload waits, the slowest upload is aborted. Uploads by tus can be resumed.
    """

    async def _acquire(self) -> None:
        ends = time.monotonic() + self.wait_seconds
        while time.monotonic() < ends:
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._free.acquire()
                return
            except TimeoutError:
                self._cut_the_slowest()
        raise NoPlace

    def _cut_the_slowest(self) -> None:
        now = time.monotonic()
        slow = [
            body
            for body, begun in self.bodies.items()
            if now - begun > OLD_ENOUGH and not body.is_whole and body.pace.rate < SLOW_UNDER_PRESSURE
        ]
        if slow:
            min(slow, key=lambda body: body.pace.rate).cut_off()
            limits.count("upload_cut_off")
