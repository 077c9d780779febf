import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from intake.health import monitor


class Outside(HTTPServer):
    """Outside monitor that keeps the requests, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.status, self.asked = 200, list[tuple[str, dict[str, str]]]()
        self.url = f"http://127.0.0.1:{self.server_port}/ping/0f9a"


class Answering(BaseHTTPRequestHandler):
    """Handler of one request."""

    server: Outside

    def do_GET(self) -> None:
        """Keep the request and answer it."""
        self.server.asked.append((self.path, dict(self.headers)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
        """Log nothing."""


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("ok", "path"), [(True, "/ping/0f9a"), (False, "/ping/0f9a/fail")])
def test_the_address_is_all_that_is_said(outside: Outside, *, ok: bool, path: str) -> None:
    assert monitor.ping(outside.url, ok=ok) == ""
    ((asked, headers),) = outside.asked
    assert asked == path
    assert headers["User-Agent"] == "Transom"
    assert headers.keys() <= {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}


@pytest.mark.parametrize(("status", "said"), [(204, ""), (302, "answers 302"), (404, "answers 404"), (500, "answers 500")])  # fmt: skip
def test_the_answer(outside: Outside, status: int, said: str) -> None:
    outside.status = status
    assert monitor.ping(outside.url, ok=True) == said
    assert len(outside.asked) == 1, "no redirect is followed"


def test_a_service_without_an_address_for_failures_is_no_error(outside: Outside) -> None:
    outside.status = 404
    assert monitor.ping(outside.url, ok=False) == ""
    outside.status = 500
    assert monitor.ping(outside.url, ok=False) == "answers 500"


def test_one_that_is_away() -> None:
    with Outside() as closed:
        pass
    assert monitor.ping(closed.url, ok=True) == "does not answer (ConnectError)"
    assert monitor.ping("http://[", ok=False) == "does not answer (ValueError)"


def test_the_log_does_not_name_the_address(outside: Outside, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    monitor.ping(outside.url, ok=True)
    assert "0f9a" not in caplog.text


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("https://monitor.example/0f9a", "https://monitor.example/0f9a/fail"),
        ("https://monitor.example/0f9a/", "https://monitor.example/0f9a/fail"),
        ("https://monitor.example/p?key=1", "https://monitor.example/p/fail?key=1"),
    ],
)
def test_the_address_for_failures(url: str, failure: str) -> None:
    assert monitor.failure_url(url) == failure
