"""The run's servers end with the run, however it ends."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.local.standins import processes
from tests.servers import Servers
from tests.waiting import until

ROOT = Path(__file__).parents[1]

WAITING = """
import time
from pathlib import Path

def test_that_waits(servers):
    Path(__file__).with_name("ready").write_text(servers.database_url)
    time.sleep(600)
"""


def folder_of(ready: Path) -> Path | None:
    """Return the folder of the servers whose address the waiting test has written to `ready`, or None."""
    url = ready.read_text() if ready.exists() else ""
    return Path(parse_qs(urlsplit(url).query)["host"][0]).parent if url else None


@pytest.mark.parametrize(
    ("workers", "number"),
    [
        ("0", signal.SIGINT),
        ("2", signal.SIGKILL),
        pytest.param("0", signal.SIGKILL, marks=pytest.mark.slow),
        pytest.param("2", signal.SIGINT, marks=pytest.mark.slow),
    ],
)
def test_nothing_outlives_a_run(tmp_path: Path, number: int, workers: str) -> None:
    (tmp_path / "test_waiting.py").write_text(WAITING)
    (tmp_path / "pytest.ini").write_text("[pytest]")
    program = [sys.executable, "-m", "pytest", "-p", "tests.servers", "-n", workers, str(tmp_path)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    running = subprocess.Popen(
        [*program, "--rootdir", str(tmp_path)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    folder = until(lambda: folder_of(tmp_path / "ready"), 60)
    assert len(processes(folder)) >= 2
    running.send_signal(number)
    running.wait()
    until(lambda: not processes(folder))
    assert number == signal.SIGKILL or not folder.exists()
    shutil.rmtree(folder, ignore_errors=True)


def test_workers_use_databases_of_their_own() -> None:
    ours = Servers("", "redis+socket:///run/valkey.sock", "a")
    assert ours.redis(3) == "redis+socket:///run/valkey.sock?virtual_host=3"
    theirs = Servers("", "redis://:word@host:6379/2", "a")
    assert theirs.redis(3) == "redis://:word@host:6379/5"
