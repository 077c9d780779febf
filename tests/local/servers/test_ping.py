import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake.local.servers.ping import answers, failure


@contextmanager
def server(*replies: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server with fixed replies: its address, and the requests it received."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                for reply in replies:
                    asked.append(connection.recv(1000))
                    connection.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}", asked
        thread.join()


def test_the_real_server_answers(redis_url: str) -> None:
    assert answers(redis_url.partition("?")[0])


def test_a_password_is_given_first() -> None:
    with server(b"+OK\r\n", b"+PONG\r\n") as (where, asked):
        assert failure(f"redis://me:p%40ss@{where}/0") is None
    assert asked == [b"*3\r\n$4\r\nAUTH\r\n$2\r\nme\r\n$4\r\np@ss\r\n", b"*1\r\n$4\r\nPING\r\n"]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (b"-NOAUTH Authentication required.\r\n", "NOAUTH Authentication required."),
        (b"-LOADING in progress\r\n", "LOADING in progress"),
        (b"", "it hung up"),
    ],
)
def test_a_refusal_is_told(reply: bytes, why: str) -> None:
    with server(reply) as (where, _):
        assert failure(f"redis://{where}/0") == why


def test_nobody_there(tmp_path: Path) -> None:
    assert failure(f"redis+socket://{tmp_path}/none.sock") == "No such file or directory"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert failure(f"redis://127.0.0.1:{port}/0") == "Connection refused"


def test_an_address_that_makes_no_sense() -> None:
    assert "port" in str(failure("redis://localhost:port/0")).lower()


def test_other_schemes_are_only_asked_to_listen() -> None:
    with server() as (where, asked):
        assert failure(f"rediss://{where}/0") is None
    assert asked == []
