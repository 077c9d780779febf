"""ASGI application that runs the Flask application in threads. Each kind of request has its own threads."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType
from typing import Any
from urllib.parse import unquote_to_bytes

from intake.web import limits
from intake.web.server.body import Receive, RequestBody
from intake.web.server.pace import GRACE_SECONDS, Pace
from intake.web.server.places import NoPlace, Places
from intake.web.server.protocol import HALF_CLOSED

log = logging.getLogger(__name__)

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Scope = MutableMapping[str, Any]
Environ = dict[str, Any]
WSGIApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

GONE = "transom.gone"
"""Key of the WSGI environment: function that returns whether the client of a live stream has disconnected."""

HELD_BYTES = 1024 * 1024
"""Bytes of a response that a thread passes on at once. Most responses are smaller, so their threads never wait for clients."""

REFUSED = {HTTPStatus.REQUEST_TIMEOUT: "body_too_slow", HTTPStatus.SERVICE_UNAVAILABLE: "no_thread"}
"""HTTP status of a refused request → name of its counter."""

DRAINED_BYTES, DRAINED_SECONDS = 16 * 1024 * 1024, 5.0
"""Limits for the rest of a body that is received after the response. Clients that still send could not read it."""


class Bridge:
    """ASGI application for one process. `places` returns the threads for a scope and whether its body is large."""

    def __init__(
        self,
        application: WSGIApplication,
        refusal: Callable[[HTTPStatus], WSGIApplication],
        places: Callable[[Scope, bool], Places],
        refusals: Places,
        scheme: str = "http",
    ) -> None:
        self._application, self._refusal = application, refusal
        self._places, self._refusals = places, refusals
        self._scheme = scheme

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one HTTP request. ASGI's lifespan and websocket scopes are ignored."""
        if scope["type"] != "http":
            return
        body = RequestBody(receive, Pace())
        filling = asyncio.create_task(body.fill())
        try:
            await self._answer(scope, body, send)
        finally:
            filling.cancel()
            with suppress(asyncio.CancelledError):
                await filling

    async def _answer(self, scope: Scope, body: RequestBody, send: Send) -> None:
        environ = wsgi_environ(scope, body, self._scheme)
        ready = await body.is_ready()
        if body.is_gone():
            return
        if not ready:
            await self._refuse(environ, body, send, HTTPStatus.REQUEST_TIMEOUT)
            return
        try:
            await self._respond(
                self._application, environ, body, send, self._places(scope, not body.is_whole)
            )
        except NoPlace:
            await self._refuse(environ, body, send, HTTPStatus.SERVICE_UNAVAILABLE)

    async def _refuse(self, environ: Environ, body: RequestBody, send: Send, status: HTTPStatus) -> None:
        """Answer with the application's error page, which does not read the body."""
        limits.count(REFUSED[status])
        with suppress(NoPlace):
            await self._respond(self._refusal(status), environ, body, send, self._refusals)

    async def _respond(
        self, application: WSGIApplication, environ: Environ, body: RequestBody, send: Send, places: Places
    ) -> None:
        """Run an application in a thread. The thread is released before the client has read the response. Raises NoPlace."""
        response = Response(body, send)
        async with places.place(body) as threads:
            rest = await response.run(application, environ, threads)
        await response.end(rest)


class Response:
    """Response to one request, passed from a thread to the event loop."""

    def __init__(self, body: RequestBody, send: Send) -> None:
        self._body, self._send = body, send
        self._loop = asyncio.get_running_loop()
        self._head: dict[str, Any] | None = None
        self._is_sent = False

    async def run(self, application: WSGIApplication, environ: Environ, threads: ThreadPoolExecutor) -> bytes:
        """Run the application in a thread. Returns the last part of the response, which is not sent yet."""
        return await self._loop.run_in_executor(threads, self._in_a_thread, application, environ)

    async def end(self, rest: bytes) -> None:
        """Send the last part of the response."""
        if self._body.is_gone():
            return
        try:
            await self._part(rest)
        except ConnectionResetError:
            return
        if not self._body.is_whole:
            with suppress(TimeoutError):
                async with asyncio.timeout(DRAINED_SECONDS):
                    await self._body.discard(DRAINED_BYTES)
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def _in_a_thread(self, application: WSGIApplication, environ: Environ) -> bytes:
        """Send the response in blocks of HELD_BYTES, and return the unsent rest. Live streams are sent part by part."""
        parts = application(environ, self._start)
        held = b""
        try:
            for part in parts:
                held += part
                if len(held) >= HELD_BYTES or (held and not self._is_measured()):
                    self._wait_for(self._part(held))
                    held = b""
        except ConnectionResetError:
            return b""
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()
        return held

    def _is_measured(self) -> bool:
        """Return whether the response has a Content-Length. A live stream has none."""
        return any(name == b"content-length" for name, _ in (self._head or {}).get("headers", ()))

    def _start(
        self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None
    ) -> Callable[[bytes], None]:
        if exc_info and exc_info[1] and self._is_sent:
            raise exc_info[1].with_traceback(exc_info[2])
        self._head = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        }
        return lambda part: self._wait_for(self._part(part))

    async def _begin(self) -> None:
        if self._is_sent or self._head is None:
            return
        self._is_sent = True
        if not self._body.is_whole:
            self._head["headers"].append((b"connection", b"close"))
        await self._send(self._head)

    async def _part(self, part: bytes) -> None:
        await self._begin()
        await self._pass_on(part)

    async def _pass_on(self, part: bytes) -> None:
        """Send a part. Raises ConnectionResetError if the client is gone, or reads too slowly."""
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await self._send({"type": "http.response.body", "body": part, "more_body": True})
        except TimeoutError as error:
            raise ConnectionResetError from error
        if self._body.is_gone():
            raise ConnectionResetError

    def _wait_for(self, sending: Any) -> None:
        asyncio.run_coroutine_threadsafe(sending, self._loop).result()


def wsgi_environ(scope: Mapping[str, Any], body: RequestBody, scheme: str) -> Environ:
    """Return the environment of WSGI (PEP 3333) for a request.

    Headers with an underscore are left out: WSGI cannot tell `X_Forwarded_Host` from `X-Forwarded-Host`.
    The client's IP address is left out, so that nothing can log it.
    """
    host, port = scope.get("server") or ("localhost", None)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        GONE: lambda: body.is_gone() or HALF_CLOSED in scope["state"],
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" not in raw_name:
            _add_header(environ, raw_name.decode("latin-1"), raw_value.decode("latin-1"))
    return environ


def _add_header(environ: Environ, name: str, value: str) -> None:
    key = name.upper().replace("-", "_")
    if key not in {"CONTENT_LENGTH", "CONTENT_TYPE"}:
        key = f"HTTP_{key}"
    environ[key] = f"{environ[key]},{value}" if key in environ else value
