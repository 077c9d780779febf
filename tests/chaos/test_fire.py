"""Run script/chaos for a minute, and interrupt it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CHAOS = [sys.executable, "-u", "-m", "tests.chaos.fire"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Folder for all files of a run. Its path is short, because it contains sockets."""
    made = Path(tempfile.mkdtemp(prefix="fire"))
    yield made
    shutil.rmtree(made)


def started(folder: Path, *args: str) -> "subprocess.Popen[str]":
    env = os.environ | {"TMPDIR": str(folder)}
    return subprocess.Popen(
        [*CHAOS, *args], env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def left(folder: Path) -> list[str]:
    """Files, mounts and processes that a run left."""
    mounts = [line for line in Path("/proc/mounts").read_text().splitlines() if str(folder) in line]
    return [*map(str, folder.iterdir()), *mounts, *_processes(str(folder).encode())]


def _processes(mark: bytes) -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                yield (process / "cmdline").read_text()
        except OSError:
            continue


def test_a_minute_under_fire_loses_doubles_and_sticks_nothing(folder: Path) -> None:
    run = started(folder, "--seconds", "60")
    said, _ = run.communicate()
    print(said)
    assert said.splitlines()[-1] == "lost 0 doubled 0 stuck 0"
    assert run.returncode == 0
    used = re.findall(r"^\| ((?:SIG|broker)[^|]*) \| (\d+) \|$", said, re.MULTILINE)
    assert len(used) == 18
    assert all(int(times) for _, times in used)
    assert left(folder) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_cut_short_leaves_nothing(folder: Path, how: signal.Signals) -> None:
    run = started(folder, "--seconds", "600")
    assert run.stdout is not None
    until(lambda: "SIGSTOP" in (run.stdout or sys.stdin).readline(), 120)
    run.send_signal(how)
    run.stdout.read()
    assert run.wait(30) == 128 + how
    until(lambda: not left(folder))
    run.stdout.close()
