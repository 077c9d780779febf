"""HTTP connections: limits for the time and size of headers, and for the number of connections."""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from intake.web import limits

HEADER_SECONDS = 20.0
"""Timeout in seconds for a request's headers, from their first byte. Also for the first byte of a new connection."""

HEADER_BYTES = 32 * 1024
MOST_CONNECTIONS = 800
"""Largest number of connections of a process. Beyond it, the oldest idle or incomplete one is closed."""

HALF_CLOSED = "half_closed"
"""Key in the ASGI scope's `state`. True if the client has closed its sending side, and may have left."""

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Connection(HttpToolsProtocol):
    """Connection of a client. A request takes no thread before its headers are complete."""

    number: ClassVar[int] = 0
    """Number of open connections of this process."""

    waiting: ClassVar[dict["Connection", None]] = {}
    """Connections of this process that wait for complete headers, oldest first. A dict serves as an ordered set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._header_bytes: int | None = 0
        """Header bytes received so far. None while a body is received or a request is handled."""
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the header timeout. Over MOST_CONNECTIONS, first close the oldest waiting connection."""
        super().connection_made(transport)
        Connection.number = len(self.connections)
        if Connection.number > MOST_CONNECTIONS:
            oldest = next(iter(self.waiting), self)
            oldest.transport.abort()
            limits.count("connection_closed")
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timeout, and update the number of connections."""
        self._stop_waiting()
        super().connection_lost(exc)
        Connection.number = len(self.connections)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Still respond to a complete request after the client's EOF: it may only have closed its sending side."""
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
        # Checked after parsing: if the headers are complete, the parser has reset the count, which may include a body.
        if self._header_bytes is not None and self._header_bytes > HEADER_BYTES:
            self.transport.write(TOO_LARGE)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Stop the header timeout, and start to handle the request."""
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
        """Answer 400 to a malformed request. If a response has begun, close the connection instead of mixing both."""
        if self.cycle and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
        else:
            super().send_400_response(msg)

    def _wait_for_headers(self) -> None:
        self.waiting[self] = None
        self._deadline = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def _give_up(self) -> None:
        """Close a connection after the header timeout. Unused ones are not counted: browsers open spare connections."""
        if self._header_bytes:
            limits.count("headers_too_slow")
        self.transport.abort()

    def _stop_waiting(self) -> None:
        self.waiting.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
