import signal
from pathlib import Path

import pytest

from intake.local.supervision.orphans import OrphanList
from intake.local.supervision.process import ChildProcess
from tests.local.standins import Journal
from tests.waiting import until


@pytest.fixture
def orphans(tmp_path: Path) -> OrphanList:
    return OrphanList(tmp_path / "children")


def started(journal: Journal) -> tuple[ChildProcess, str]:
    child = ChildProcess(journal.spec("one"))
    until(lambda: journal.lines)
    return child, f"+ {child.pid} 0 {int(signal.SIGTERM)} 5\n"


def test_whoever_is_still_running_is_stopped(journal: Journal, orphans: OrphanList) -> None:
    child, line = started(journal)
    orphans.write([line])
    orphans.stop()
    assert child.end() == 0
    assert not orphans.path.exists()


def test_another_process_with_the_same_number_is_not_touched(journal: Journal, orphans: OrphanList) -> None:
    child, line = started(journal)
    orphans.path.write_text(f"an-earlier-boot-7\t{line}")
    orphans.stop()
    assert not child.exited()
    child.end()


def test_whoever_has_ended_is_not_put_down(journal: Journal, orphans: OrphanList) -> None:
    child, line = started(journal)
    child.end()
    orphans.write([line])
    assert orphans.path.read_text() == ""
    orphans.stop()


def test_no_list_no_work(orphans: OrphanList) -> None:
    orphans.stop()
    assert list(orphans.path.parent.iterdir()) == []


def test_a_full_disk_does_not_end_the_supervisor(journal: Journal, tmp_path: Path) -> None:
    child, line = started(journal)
    (tmp_path / "children").symlink_to("/dev/full")
    OrphanList(tmp_path / "children").write([line])
    child.end()


def test_a_shorter_list_leaves_nothing_of_a_longer_one(journal: Journal, orphans: OrphanList) -> None:
    child, line = started(journal)
    orphans.write([line, line])
    orphans.write([line])
    assert orphans.path.read_text().count(line) == 1
    orphans.write([])
    assert orphans.path.read_text() == ""
    child.end()
