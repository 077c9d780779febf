import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake.local import lock
from intake.local.errors import CannotStart
from intake.local.lock import DataLock


def test_a_second_one_is_refused_and_then_let_in(tmp_path: Path) -> None:
    first, second = DataLock(tmp_path), DataLock(tmp_path)
    first.take()
    with pytest.raises(CannotStart, match="already running"):
        second.take()
    first.close()
    second.take()
    second.close()


def holder(tmp_path: Path) -> "subprocess.Popen[bytes]":
    """A process that inherits only the shared lock, as a reaper does, and holds it until its standard input is closed."""
    first = DataLock(tmp_path)
    first.take()
    program = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, pass_fds=[first.shared])
    first.close()
    return process


def test_a_start_waits_for_what_a_killed_supervisor_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = holder(tmp_path)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            process.communicate()

    monkeypatch.setattr("time.sleep", wait)
    second = DataLock(tmp_path)
    second.take()
    second.close()
    assert len(waited) >= 2


def test_what_never_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = holder(tmp_path)
    monkeypatch.setattr(lock, "CLEANING", 0)
    second = DataLock(tmp_path)
    with pytest.raises(CannotStart, match="do not end"):
        second.take()
    second.close()
    process.communicate()


def test_locks_are_not_inherited_by_other_children(tmp_path: Path) -> None:
    one = DataLock(tmp_path)
    assert not os.get_inheritable(one.shared)
    one.close()
    assert (tmp_path / "up.lock").stat().st_mode & 0o777 == 0o600
