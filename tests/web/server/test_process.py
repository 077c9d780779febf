import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.accounts.live_streams import MOST_STREAMS
from intake.db import transaction
from intake.logs import OneLineFormatter
from intake.models import Editor
from intake.queue.claims import claim
from intake.receipts import canonical
from intake.settings import Settings
from intake.web import Transom
from intake.web.live_updates import PLACES
from intake.web.server.process import Application, PlainLogger, Server, Worker, options
from tests.together import at_once
from tests.waiting import until
from tests.web.bodies import File, multipart
from tests.web.conftest import JPEG, add_account, newest, quarantine
from tests.web.people import WORDS, Newsroom, receipt_of
from tests.web.server.conftest import MARK, Served


def test_the_server_as_it_runs(served: Served, app_settings: Settings, tmp_path: Path) -> None:
    """Test a submission and an aborted one. The aborted one leaves no file, and the log shows neither."""
    photo = File("photo-1", JPEG + bytes(3_000_000), f"{MARK}.jpg")
    body = multipart({**WORDS, "title": MARK, "contact": MARK}, [photo])
    answer = served.post("/api/v1/submissions", body)
    assert answer.startswith(b"HTTP/1.1 201 ")
    (kept,) = quarantine(app_settings)

    for end in (len(body) - 20, len(body) // 2):
        served.post("/api/v1/submissions", body[:end], length=len(body), wait=False)
        until(lambda: quarantine(app_settings) == [kept])

    assert served.talk(f"{MARK} /{MARK} HTTP/9.9\r\n\r\n".encode()).startswith(b"HTTP/1.1 400 ")
    assert served.talk(f"GET /{MARK}\nX HTTP/1.1\r\n\r\n".encode()).startswith(b"HTTP/1.1 400 ")
    assert b" 404 " in served.talk(
        f"GET /{MARK} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode()
    )
    log = served.log.read_text()
    assert "Invalid HTTP request received." in log
    receipt = receipt_of(type("Answer", (), {"text": answer.decode()})())
    for secret in (
        MARK,
        "127.0.0.1:",
        "ip=",
        receipt,
        receipt.replace("-", ""),
        canonical(receipt) or receipt,
    ):
        assert secret not in log, log
    # os.walk ignores folders that are deleted while it runs.
    kept_files = [
        Path(folder, name) for folder, _, names in os.walk(app_settings.files_dir) for name in names
    ]
    assert [path for path in kept_files if MARK.encode() in content(path)] == []


@dataclass
class Open:
    """Open pages of the desk, each with a stream."""

    port: int
    cookie: str
    lines: list[socket.socket] = field(default_factory=list)

    def ask(self, path: str) -> socket.socket:
        """Request with a streamed response."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\nCookie: {self.cookie}\r\n\r\n".encode())
        return line

    def listen(self) -> bytes:
        """Open another stream. Returns the head of its response."""
        self.lines.append(self.ask("/desk/stream"))
        return self.hear(self.lines[-1], b"\r\n\r\n")

    @staticmethod
    def hear(line: socket.socket, until_this: bytes) -> bytes:
        """Read until the data contains `until_this`. Returns all data."""
        heard = b""
        while until_this not in heard:
            chunk = line.recv(65536)
            assert chunk, heard
            heard += chunk
        return heard

    def seconds_for(self, path: str) -> float:
        """Measure the seconds that a page takes."""
        begun = time.perf_counter()
        with self.ask(path) as line:
            assert b" 200 " in self.hear(line, b"\r\n\r\n")
        return time.perf_counter() - begun


def cookie_of(somebody: Newsroom) -> str:
    """Session cookie. The servers share keys and database."""
    cookie = somebody.client.get_cookie("transom")
    assert cookie
    return f"transom={cookie.value}"


@pytest.fixture
def opened_pages(served: Served, editor: Newsroom) -> Iterator[Open]:
    """Pages that an editor opens."""
    pages = Open(served.port, cookie_of(editor))
    yield pages
    for line in pages.lines:
        line.close()


@pytest.mark.slow
def test_pages_are_quick_while_others_listen_and_there_are_so_many_places(
    app: Transom, served: Served, opened_pages: Open, submitted: Callable[..., str]
) -> None:
    """Several people, because each has few streams."""
    url = submitted()
    alone = min(opened_pages.seconds_for("/desk/") for _ in range(5))
    for number in range(PLACES):
        if number % MOST_STREAMS == 0:
            somebody = Newsroom(app.test_client())
            add_account(app, f"person{number}", "editor")
            somebody.log_in(f"person{number}@transom.example")
            opened_pages.cookie = cookie_of(somebody)
        assert b" 200 " in opened_pages.listen()
    crowded = min(opened_pages.seconds_for(path) for path in ("/desk/", url) for _ in range(5))
    print(f"queue: {alone * 1000:.0f} ms alone, {crowded * 1000:.0f} ms beside {PLACES} streams")
    assert crowded < alone + 1
    assert b" 503 " in opened_pages.listen()

    with transaction() as session:
        asel = session.scalars(select(Editor).where(Editor.email == "asel@transom.example")).one()
        claim(session, newest().id, asel)
    for line in opened_pages.lines[:PLACES]:
        opened_pages.hear(line, b"has claimed it.")

    for line in opened_pages.lines:
        line.close()
    opened_pages.lines.clear()
    until(lambda: b" 200 " in opened_pages.listen())


def test_a_server_that_is_stopped_does_not_wait_for_open_pages(served: Served, opened_pages: Open) -> None:
    for _ in range(3):
        opened_pages.listen()
    served.process.terminate()
    ends = at_once(*(partial(hang_up, line) for line in opened_pages.lines))
    assert ends == [b"0\r\n\r\n"] * 3  # the last chunk of a complete chunked response
    assert served.process.wait(20) == 0


def hang_up(line: socket.socket) -> bytes:
    """Read a stream to its end like a browser. Returns its last bytes."""
    with line:
        return b"".join(iter(lambda: line.recv(65536), b""))[-5:]


def content(path: Path) -> bytes:
    """Return the bytes of a file. Empty for a folder, or for a file that is deleted in the meantime."""
    with contextlib.suppress(FileNotFoundError, IsADirectoryError):
        return path.read_bytes()
    return b""


def test_what_gunicorn_is_told(app_settings: Settings) -> None:
    told = options(app_settings)
    assert told["bind"] == ["127.0.0.1:8000"]
    assert (told["workers"], told["worker_class"]) == (2, Worker)
    assert told["accesslog"] is None
    assert Server(app_settings).cfg.settings["workers"].get() == 2


def test_it_serves_the_application(app_settings: Settings) -> None:
    loaded = Server(app_settings).load()
    assert isinstance(loaded, Application)
    assert isinstance(loaded.flask, Transom)


def test_what_breaks_is_told_without_the_address_that_was_asked_for(
    app_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    logger = PlainLogger(Server(app_settings).cfg)
    try:
        raise ValueError(MARK)
    except ValueError:
        logger.exception("Error handling request %s %s", "GET", f"/receipt?{MARK}")
    (record,) = caplog.records
    assert record.getMessage() == "Error handling request"
    record.exc_text = None  # pytest's formatter has cached the traceback here
    assert MARK not in OneLineFormatter("%(message)s").format(record)
