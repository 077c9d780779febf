import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.settings import Settings
from intake.web import Transom
from intake.web.serve import Server, options
from tests.waiting import until
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.conftest import JPEG, quarantine
from tests.web.people import WORDS, receipt_of

MARK = "PLANTEDmark"


@dataclass
class Served:
    """`transom web`, as it runs in earnest."""

    port: int
    log: Path
    process: "subprocess.Popen[bytes]"

    def talk(self, *pieces: bytes, wait: bool = True) -> bytes:
        """Send bytes; what came back, unless we hang up at once."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            for piece in pieces:
                line.sendall(piece)
            if not wait:
                return b""
            line.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: line.recv(65536), b""))

    def post(self, url: str, body: bytes, *, length: int | None = None, wait: bool = True) -> bytes:
        head = (
            f"POST {url} HTTP/1.1\r\nHost: here\r\nConnection: close\r\nUser-Agent: {MARK}\r\n"
            f"Content-Type: {MULTIPART}\r\nContent-Length: {length or len(body)}\r\n\r\n"
        )
        return self.talk(head.encode(), body, wait=wait)

    def up(self) -> bool:
        """Whether it answers."""
        assert self.process.poll() is None, self.log.read_text()
        with contextlib.suppress(OSError):
            return b" 200 " in self.talk(b"GET /healthz/live HTTP/1.0\r\n\r\n")
        return False


@pytest.fixture
def served(app_settings: Settings, tmp_path: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "web.log"
    environment = {**os.environ, "PORT": str(port), "TRANSOM_LOG_LEVEL": "DEBUG", "TRANSOM_WEB_WORKERS": "1"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "intake", "web"], env=environment, stdout=out, stderr=out
        )
    made = Served(port, log, process)
    until(made.up)
    yield made
    process.terminate()
    process.wait(20)


def test_the_server_as_it_runs(served: Served, app_settings: Settings, tmp_path: Path) -> None:
    """A submission arrives; one whose sender hangs up leaves nothing; and the log has learnt nothing of either."""
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
    assert "a request could not be read" in log
    receipt = receipt_of(type("Answer", (), {"text": answer.decode()})())
    for secret in (MARK, "127.0.0.1:", "ip=", receipt, receipt.replace("-", "")):
        assert secret not in log, log
    assert [path for path in app_settings.files_dir.rglob("*") if MARK.encode() in content(path)] == []


def content(path: Path) -> bytes:
    """A file's bytes; none of a folder, and none of what is left of an upload that broke off, which goes at any moment."""
    with contextlib.suppress(FileNotFoundError, IsADirectoryError):
        return path.read_bytes()
    return b""


def test_what_gunicorn_is_told(app_settings: Settings) -> None:
    told = options(app_settings)
    assert told["bind"] == ["127.0.0.1:8000"]
    assert (told["workers"], told["threads"], told["worker_class"]) == (2, 8, "gthread")
    assert told["accesslog"] is None
    config = Server(app_settings).cfg
    assert {name: config.settings[name].get() for name in ("workers", "threads")} == {
        "workers": 2,
        "threads": 8,
    }
    assert config.limit_request_line <= 8190


def test_it_serves_the_application(app_settings: Settings) -> None:
    assert isinstance(Server(app_settings).load(), Transom)
