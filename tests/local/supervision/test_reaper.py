import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.local.supervision import reaper
from intake.local.supervision.process import ChildProcess
from tests.local.standins import Journal, processes
from tests.waiting import until


@pytest.fixture
def reaping() -> "subprocess.Popen[str]":
    """A reaper whose pipe the test holds."""
    program = [sys.executable, "-I", "-S", reaper.__file__]
    return subprocess.Popen(program, stdin=subprocess.PIPE, text=True, start_new_session=True)


def started(journal: Journal, name: str, behaviour: str = "plain") -> ChildProcess:
    child = ChildProcess(journal.spec(name, behaviour))
    until(lambda: f"started {name}" in journal.lines)
    return child


def line(child: ChildProcess, rank: int, grace: float = 5) -> str:
    return f"+ {child.pid} {rank} {int(signal.SIGTERM)} {grace}\n"


def test_children_are_stopped_from_the_highest_rank_down(
    reaping: "subprocess.Popen[str]", journal: Journal
) -> None:
    ranks = {"broker": 1, "web": 2, "database": 0}
    children = [started(journal, name) for name in ranks]
    reaping.communicate("".join(map(line, children, ranks.values())))
    assert [child.end() for child in children] == [0, 0, 0]
    assert journal.lines[3:] == ["stopped web", "stopped broker", "stopped database"]


def test_whoever_does_not_listen_is_killed_with_its_family(
    reaping: "subprocess.Popen[str]", journal: Journal
) -> None:
    stubborn, parent = started(journal, "stubborn", "stubborn"), started(journal, "parent", "parent")
    reaping.communicate(line(stubborn, 0, 0.1) + line(parent, 1))
    until(lambda: set(processes(journal.path)) <= {stubborn.pid, parent.pid})
    assert stubborn.end() == -signal.SIGKILL
    assert parent.end() == 0


def test_whoever_has_ended_is_left_alone(reaping: "subprocess.Popen[str]", journal: Journal) -> None:
    child = started(journal, "one")
    reaping.communicate(f"{line(child, 0)}- {child.pid}\n- {child.pid}\n")
    assert reaping.returncode == 0
    assert not child.exited()
    child.end()


def test_a_child_that_is_gone_before_it_was_told_of(
    reaping: "subprocess.Popen[str]", journal: Journal
) -> None:
    child = ChildProcess(journal.spec("one", "done"))
    until(child.exited)
    child.end()
    reaping.communicate(line(child, 0))
    assert reaping.returncode == 0


def test_signals_do_not_end_it(reaping: "subprocess.Popen[str]", journal: Journal) -> None:
    child = started(journal, "one")
    assert reaping.stdin
    reaping.stdin.write(line(child, 0))
    reaping.stdin.flush()
    until(lambda: _ignores(reaping.pid, signal.SIGTERM))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(reaping.pid, number)
    reaping.communicate()
    assert reaping.returncode == 0
    assert child.end() == 0


def _ignores(pid: int, number: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    mask = int(next(one for one in status.splitlines() if one.startswith("SigIgn")).split()[1], 16)
    return bool(mask >> (number - 1) & 1)
