"""Attacking clients that exhaust resources, on loopback only, and normal visitors at the same time."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

from tests.loops import run

HOST = "127.0.0.1"
Client = Callable[[int], Awaitable[None]]
PATIENCE = 20.0

DRIPPING_BODY = (
    b"POST /submissions HTTP/1.1\r\nHost: here\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: 40000000\r\n\r\n--x\r\n"
)
HALF_OF_THE_HEADERS = b"GET / HTTP/1.1\r\nHost: here\r\n"
LARGEST = b"GET /static/css/base.css HTTP/1.1\r\nHost: here\r\n\r\n" * 60
"""Pipelined requests on one connection, whose responses exceed the socket buffers."""
WHOLE_REQUEST = b"GET /healthz/live HTTP/1.1\r\nHost: here\r\n\r\n"


async def drip(port: int, begin: bytes, drop: bytes) -> None:
    """Send the beginning of a request, then a little each second. Reconnect when the connection is closed."""
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(begin)
                while not reader.at_eof():
                    writer.write(drop)
                    await writer.drain()
                    await asyncio.sleep(1)
            finally:
                writer.close()
        await asyncio.sleep(0.2)


async def body(port: int) -> None:
    """Drip the body of a submission."""
    await drip(port, DRIPPING_BODY, b"a")


async def headers(port: int) -> None:
    """Drip headers that never end."""
    await drip(port, HALF_OF_THE_HEADERS, b"X-a: b\r\n")


async def idle(port: int) -> None:
    """Keep a connection open after a request, and say nothing."""
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(WHOLE_REQUEST)
                while await reader.read(65536):
                    pass
            finally:
                writer.close()
        await asyncio.sleep(0.2)


async def never_read(port: int) -> None:
    """Request large responses, and read none of them."""
    while True:
        with suppress(OSError):
            line = socket.socket()
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            line.setblocking(False)
            try:
                await asyncio.get_running_loop().sock_connect(line, (HOST, port))
                await asyncio.get_running_loop().sock_sendall(line, LARGEST)
                await asyncio.sleep(60)
            finally:
                line.close()
        await asyncio.sleep(0.2)


def flood(data: bytes) -> Client:
    """Return a client that sends a request and reads the answer, again and again."""

    async def client(port: int) -> None:
        while True:
            with suppress(OSError):
                await request(port, data)
            await asyncio.sleep(0.01)

    return client


async def request(port: int, data: bytes) -> bytes:
    """Send a request on a new connection. Returns the response."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(data)
        await writer.drain()
        return await reader.read()
    finally:
        writer.close()


@dataclass
class Visits:
    """Seconds and statuses of the pages that normal visitors opened."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, set[int]] = field(default_factory=dict)

    def p95(self, path: str) -> float:
        """Return the seconds in which 95 % of the answers came."""
        found = sorted(self.seconds[path])
        return found[int(len(found) * 0.95)]

    async def visit(self, port: int, path: str, cookie: str = "") -> None:
        """Open a page once. Without a response within PATIENCE seconds, the status is 0."""
        begun, status = time.perf_counter(), 0
        data = f"GET {path} HTTP/1.1\r\nHost: here\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                status = int((await request(port, data))[9:12] or 0)
        self.seconds.setdefault(path, []).append(time.perf_counter() - begun)
        self.statuses.setdefault(path, set()).add(status)


@contextmanager
def attack(port: int, client: Client, number: int) -> Iterator[None]:
    """Run `number` attackers in a thread of their own while the block runs."""
    loop = asyncio.new_event_loop()

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(number):
                group.create_task(_forever(client, port))

    async def _forever(client: Client, port: int) -> None:
        await client(port)

    task = loop.create_task(main())

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.close()

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()


def visits(port: int, paths: tuple[str, ...], seconds: float, cookie: str = "") -> Visits:
    """Open each of the pages every 0.2 s for so many seconds."""
    seen = Visits()

    async def one(path: str) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            await seen.visit(port, path, cookie)
            await asyncio.sleep(0.2)

    async def all_of_them() -> None:
        await asyncio.gather(*map(one, paths))

    run(all_of_them())
    return seen
