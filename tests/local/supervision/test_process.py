import os
import signal
import sys
from pathlib import Path

import pytest

from intake.local.supervision import process
from intake.local.supervision.process import ChildProcess, ProcessSpec
from tests.local.standins import Journal, processes
from tests.waiting import until


def test_a_child_leads_a_session_of_its_own(journal: Journal) -> None:
    child = ChildProcess(journal.spec("one"))
    assert os.getsid(child.pid) == os.getpgid(child.pid) == child.pid
    assert child.end() == -signal.SIGKILL


def test_it_is_seen_to_end_and_its_code_is_kept(journal: Journal) -> None:
    child = ChildProcess(journal.spec("one", "brief"))
    until(child.exited)
    assert child.exited()
    assert child.end() == 3


def test_it_ends_when_asked(journal: Journal) -> None:
    child = ChildProcess(journal.spec("one"))
    until(lambda: "started one" in journal.lines)
    child.ask_to_stop()
    until(child.exited)
    child.ask_to_stop()
    assert child.end() == 0
    assert journal.lines[-1] == "stopped one"


def test_its_children_end_with_it(journal: Journal) -> None:
    child = ChildProcess(journal.spec("one", "parent"))
    until(lambda: len(processes(journal.path)) == 2)
    os.kill(child.pid, signal.SIGKILL)
    until(child.exited)
    child.end()
    until(lambda: not processes(journal.path))


def test_the_last_output_is_read(journal: Journal) -> None:
    child = ChildProcess(journal.spec("one", "brief"))
    read: list[bytes] = []
    until(child.exited)
    child.end(lambda: read.append(os.read(child.output or 0, 100)))
    assert read == [b"too short\n"]


def test_a_log_is_ours_alone_and_a_long_one_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LOG_SIZE", 3)
    log = tmp_path / "logs" / "one.log"
    for _ in range(2):
        child = ChildProcess(ProcessSpec("one", [sys.executable, "-c", "print('word')"], log=log))
        assert child.output is None
        until(child.exited)
        child.end()
    assert log.read_text() == log.with_suffix(".old").read_text() == "word\n"
    assert log.stat().st_mode & 0o777 == 0o600
