"""`transom web` as a real process."""

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
from tests.databases import Databases
from tests.servers import Servers
from tests.waiting import until
from tests.web.bodies import MULTIPART

MARK = "PLANTEDmark"


@dataclass
class Served:
    """`transom web` as a real process."""

    port: int
    log: Path
    process: "subprocess.Popen[bytes]"

    def connect(self) -> socket.socket:
        """Open a connection. Reading from it fails after 60 s."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def talk(self, *chunks: bytes, wait: bool = True) -> bytes:
        """Send bytes. Returns the response, unless the client disconnects at once."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            for chunk in chunks:
                line.sendall(chunk)
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
        """Return whether the server responds."""
        assert self.process.poll() is None, self.log.read_text()
        with contextlib.suppress(OSError):
            return b" 200 " in self.talk(b"GET /healthz/live HTTP/1.0\r\n\r\n")
        return False


@contextlib.contextmanager
def serving(log: Path, **settings: str) -> Iterator[Served]:
    """Run `transom web` until the block ends. Keywords are environment variables."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    more = {"PORT": str(port), "TRANSOM_LOG_LEVEL": "DEBUG", "TRANSOM_WEB_WORKERS": "1"}
    environment = {**os.environ, **more, **settings}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "intake", "web"], env=environment, stdout=out, stderr=out
        )
    made = Served(port, log, process)
    until(made.up)
    yield made
    process.terminate()
    process.wait(20)


@pytest.fixture
def served(app_settings: Settings, tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "web.log") as made:
        yield made


@pytest.fixture(scope="module")
def served_all(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases, servers: Servers, worker_number: int
) -> Iterator[Served]:
    """Run one `transom web` for all tests of a module. For tests that leave no data behind."""
    folder, url = tmp_path_factory.mktemp("served"), databases.lend()
    settings = {"TRANSOM_DATA_DIR": str(folder / "data"), "TRANSOM_DATABASE_URL": url}
    with serving(folder / "web.log", **settings, TRANSOM_REDIS_URL=servers.redis(worker_number)) as made:
        yield made
    databases.give_back(url)
