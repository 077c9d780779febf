"""Connections: how long and how large headers may be, and how many connections there may be."""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from intake.web import limits

HEADER_SECONDS = 20.0
"""Time for the headers of a request, from its first byte, and for the first byte of a new connection."""

HEADER_BYTES = 32 * 1024
MOST_CONNECTIONS = 800
"""Largest number of connections of a process. Beyond it, the oldest that has sent no whole request is closed."""

HALF_CLOSED = "half_closed"
"""Key of the state of an ASGI scope: the client will send nothing more, and may be gone."""

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Connection(HttpToolsProtocol):
    """Connection of a client, which gets no thread before its headers are complete."""

    number: ClassVar[int] = 0
    """Connections of this process."""

    waiting: ClassVar[dict["Connection", None]] = {}
    """Connections of this process that have sent no whole request yet, the oldest first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._header_bytes: int | None = 0
        """Bytes of the headers that have come. None while a body comes or a request is answered."""
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for headers."""
        super().connection_made(transport)
        Connection.number = len(self.connections)
        if Connection.number > MOST_CONNECTIONS:
            oldest = next(iter(self.waiting), self)
            oldest.transport.abort()
            limits.count("connection_closed")
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)
        Connection.number = len(self.connections)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Answer a whole request although the client sends nothing more. Browsers that leave look the same at first."""
        if self.cycle is None or self.cycle.response_complete or self.cycle.more_body:
            return False
        self.cycle.keep_alive = False
        self.cycle.scope["state"][HALF_CLOSED] = True
        return True

    def data_received(self, data: bytes) -> None:
        """Pass bytes to the parser, unless the headers are too long."""
        if self._header_bytes is not None:
            self._header_bytes += len(data)
            if self._deadline is None:
                self._wait_for_headers()
        super().data_received(data)
        # The parser has counted a body that came with its headers as well, so this is looked at afterwards.
        if self._header_bytes is not None and self._header_bytes > HEADER_BYTES:
            self.transport.write(TOO_LARGE)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._stop_waiting()
        self._header_bytes = None
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request of the connection."""
        if not self.pipeline:
            self._header_bytes = 0
            self.waiting[self] = None
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer a request that cannot be read. An answer that has begun is cut off, so that nothing mixes with it."""
        if self.cycle and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
        else:
            super().send_400_response(msg)

    def _wait_for_headers(self) -> None:
        self.waiting[self] = None
        self._deadline = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def _give_up(self) -> None:
        """End a connection whose headers do not come. One that has sent nothing at all is not counted: browsers open some in reserve."""
        if self._header_bytes:
            limits.count("headers_too_slow")
        self.transport.abort()

    def _stop_waiting(self) -> None:
        self.waiting.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
