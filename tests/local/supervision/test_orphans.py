import signal
from pathlib import Path

import pytest

from intake.local.supervision.orphans import Leftovers
from intake.local.supervision.process import Process
from tests.local.standins import Journal
from tests.waiting import until


@pytest.fixture
def leftovers(tmp_path: Path) -> Leftovers:
    return Leftovers(tmp_path / "children")


def started(journal: Journal) -> tuple[Process, str]:
    child = Process(journal.spec("one"))
    until(lambda: journal.lines)
    return child, f"+ {child.pid} 0 {int(signal.SIGTERM)} 5\n"


def test_whoever_is_still_running_is_stopped(journal: Journal, leftovers: Leftovers) -> None:
    child, line = started(journal)
    leftovers.write([line])
    leftovers.stop()
    assert child.end() == 0
    assert not leftovers.path.exists()


def test_another_process_with_the_same_number_is_not_touched(journal: Journal, leftovers: Leftovers) -> None:
    child, line = started(journal)
    leftovers.path.write_text(f"an-earlier-boot-7\t{line}")
    leftovers.stop()
    assert not child.exited()
    child.end()


def test_whoever_has_ended_is_not_put_down(journal: Journal, leftovers: Leftovers) -> None:
    child, line = started(journal)
    child.end()
    leftovers.write([line])
    assert leftovers.path.read_text() == ""
    leftovers.stop()


def test_no_list_no_work(leftovers: Leftovers) -> None:
    leftovers.stop()
    assert list(leftovers.path.parent.iterdir()) == []


def test_a_full_disk_does_not_end_the_supervisor(journal: Journal, tmp_path: Path) -> None:
    child, line = started(journal)
    (tmp_path / "children").symlink_to("/dev/full")
    Leftovers(tmp_path / "children").write([line])
    child.end()


def test_a_shorter_list_leaves_nothing_of_a_longer_one(journal: Journal, leftovers: Leftovers) -> None:
    child, line = started(journal)
    leftovers.write([line, line])
    leftovers.write([line])
    assert leftovers.path.read_text().count(line) == 1
    leftovers.write([])
    assert leftovers.path.read_text() == ""
    child.end()
