"""A Valkey of a test's own, to be killed and started again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.local.valkey import Valkey
from tests.waiting import until


class Broker:
    """Its `url` stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self._valkey = Valkey(folder / "valkey", folder)
        self.url = self._valkey.url
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._valkey.prepare()
        self._process = subprocess.Popen(self._valkey.spec(Path("/dev/null")).argv, stdout=subprocess.DEVNULL)
        until(self._valkey.ready)

    def stop(self) -> None:
        """Kill it (SIGKILL), and wait until it is gone."""
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker of the test's own, running."""
    made = Broker(tmp_path_factory.mktemp("b"))
    made.start()
    yield made
    made.stop()
