"""PING of a Valkey or Redis server, without a client library."""

import contextlib
import socket
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit


def answers(url: str, timeout: float = 2.0) -> bool:
    """Return whether the server at `url` answers PING.

    For schemes other than `redis`, `redis+socket` and `unix`, return whether it accepts a connection.
    """
    return failure(url, timeout) is None


def failure(url: str, timeout: float = 5.0) -> str | None:
    """Short reason why the server at `url` cannot be used, or None if it can.

    The reason does not contain the password of the URL.
    """
    parts = urlsplit(url)
    try:
        with _connect(parts, timeout) as connection:
            if parts.scheme not in {"redis", "redis+socket", "unix"}:
                return None
            reply = _ask(connection, parts)
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error) or type(error).__name__
    return None if reply.startswith("+PONG") else reply.lstrip("-") or "it hung up"


@contextlib.contextmanager
def _connect(parts: SplitResult, timeout: float) -> Iterator[socket.socket]:
    if parts.scheme not in {"redis+socket", "unix"}:
        with socket.create_connection(
            (parts.hostname or "localhost", parts.port or 6379), timeout
        ) as connection:
            yield connection
        return
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(timeout)
        connection.connect(unquote(parts.path))
        yield connection


def _ask(connection: socket.socket, parts: SplitResult) -> str:
    """Send AUTH if the URL has a password, then PING. Returns the last reply, which may be an error reply."""
    with connection.makefile("rwb") as stream:
        for command in _commands(parts):
            stream.write(_encode(command))
            stream.flush()
            reply = stream.readline().decode(errors="replace").strip()
            if not reply.startswith("+"):
                break
    return reply


def _commands(parts: SplitResult) -> list[list[str]]:
    login = [unquote(word) for word in (parts.username, parts.password) if word]
    return [["AUTH", *login], ["PING"]] if parts.password else [["PING"]]


def _encode(words: list[str]) -> bytes:
    """Encode a command as an array of strings (RESP 2)."""
    raw = [word.encode() for word in words]
    return b"*%d\r\n" % len(raw) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in raw)
