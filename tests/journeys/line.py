"""Unreliable connection to the server, which counts the bytes sent."""

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Line:
    """TCP proxy on a free port. `sent` counts the bytes from browser to server.

    With `cut_every`, a connection is reset after that many bytes from the browser.
    """

    def __init__(self, server_port: int, cut_every: int = 0) -> None:
        self.cut_every, self._server_port = cut_every, server_port
        self.sent = self.cuts = 0
        self.is_down = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(browser,), daemon=True).start()

    def _carry(self, browser: socket.socket) -> None:
        with browser, contextlib.suppress(OSError):
            if self.is_down:
                return
            with socket.create_connection(("127.0.0.1", self._server_port)) as server:
                self._exchange(browser, server)

    def _exchange(self, browser: socket.socket, server: socket.socket) -> None:
        carried = 0
        while True:
            for source in select.select([browser, server], [], [])[0]:
                data = source.recv(65536)
                if not data or self.is_down:
                    return
                (server if source is browser else browser).sendall(data)
                if source is browser:
                    carried += len(data)
                    with self._lock:
                        self.sent += len(data)
            if self.cut_every and carried >= self.cut_every:
                with self._lock:
                    self.cuts += 1
                # Close with RST, as when a router drops the connection.
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return


@contextmanager
def line(server_port: int, cut_every: int = 0) -> Iterator[Line]:
    """Open a Line to the server on this port, and close it after the block."""
    opened = Line(server_port, cut_every)
    try:
        yield opened
    finally:
        opened.close()
