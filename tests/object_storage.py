"""A real S3 server for tests: rclone over a folder, which checks signatures as Amazon does."""

import contextlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from intake.settings import Settings
from intake.storage.s3 import S3
from tests.waiting import until

BUCKET, ACCESS_KEY, SECRET_KEY = "newsroom", "transom-test", "a-secret-of-the-test"
AREAS = ("quarantine", "clean")


@dataclass(frozen=True)
class ObjectStorage:
    """The S3 server, and the settings by which a process uses it."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The bucket's address."""
        return f"http://127.0.0.1:{self.port}/{BUCKET}"

    @property
    def env(self) -> dict[str, str]:
        """Environment variables that name the bucket."""
        return {
            "TRANSOM_S3_URL": self.url,
            "TRANSOM_S3_ACCESS_KEY": ACCESS_KEY,
            "TRANSOM_S3_SECRET_KEY": SECRET_KEY,
        }

    @property
    def settings(self) -> Settings:
        """Settings that name the bucket, and otherwise have default values."""
        return Settings.from_env(self.env)

    @cached_property
    def store(self) -> S3:
        """The bucket as Transom sees it."""
        return S3(self.settings)

    def clear(self) -> None:
        """Delete everything in the bucket."""
        for area in AREAS:
            for one in list(self.store.listing(area)):
                self.store.discard(one)

    def kill(self) -> None:
        """Send SIGKILL, and wait until the server has exited."""
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[ObjectStorage]:
    """A server with an empty bucket below `folder`, until the block ends."""
    (folder / BUCKET).mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("rclone")), "serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}",
        "--auth-key", f"{ACCESS_KEY},{SECRET_KEY}", "--config", "/dev/null",
    ]  # fmt: skip
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        server = ObjectStorage(port, subprocess.Popen(command, stdout=log, stderr=log))
    try:
        until(lambda: _answers(port))
        yield server
    finally:
        server.kill()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    return False


@pytest.fixture(scope="session")
def shared_object_storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStorage]:
    """One S3 server for all tests of a pytest worker."""
    folder = tmp_path_factory.mktemp("s3") / "served"
    with serving(folder) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def object_storage(shared_object_storage: ObjectStorage) -> Iterator[ObjectStorage]:
    """An S3 server with an empty bucket."""
    yield shared_object_storage
    shared_object_storage.clear()
