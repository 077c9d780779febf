import os
import signal
from pathlib import Path

from intake.local.supervision.process import Process
from intake.local.supervision.reaper_client import Leash
from tests.local.standins import Journal
from tests.waiting import until


def held(journal: Journal, leash: Leash, name: str = "one") -> Process:
    child = Process(journal.spec(name))
    leash.hold(child, 0)
    until(lambda: f"started {name}" in journal.lines)
    return child


def test_letting_go_of_the_leash_stops_who_is_held(journal: Journal) -> None:
    leash = Leash()
    kept, released = held(journal, leash, "kept"), held(journal, leash, "released")
    leash.release(released)
    leash.close()
    assert kept.end() == 0
    assert released.end() == -signal.SIGKILL


def test_another_reaper_takes_over_from_a_killed_one(journal: Journal) -> None:
    leash = Leash()
    child = held(journal, leash)
    first = leash.pid
    os.kill(first, signal.SIGKILL)

    def mended() -> bool:
        leash.mend()
        return leash.pid != first

    until(mended)
    leash.close()
    assert child.end() == 0


def test_a_dead_reaper_is_noticed_when_it_is_told_something(journal: Journal) -> None:
    leash = Leash()
    first = leash.pid
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    child = held(journal, leash)
    assert leash.pid != first
    leash.close()
    assert child.end() == 0


def test_no_child_holds_the_pipe(journal: Journal) -> None:
    leash = Leash()
    child = held(journal, leash)
    pipes = {one.readlink() for one in Path(f"/proc/{leash.pid}/fd").iterdir() if one.name == "0"}
    assert not pipes & {one.readlink() for one in Path(f"/proc/{child.pid}/fd").iterdir()}
    leash.close()
    child.end()


def test_what_it_keeps_open_stays_open(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR)
    leash = Leash(descriptor)
    assert Path(f"/proc/{leash.pid}/fd/{descriptor}").readlink() == tmp_path / "lock"
    leash.close()
    os.close(descriptor)


def test_closing_waits_for_the_reaper_even_a_killed_one() -> None:
    leash = Leash()
    os.kill(leash.pid, signal.SIGKILL)
    leash.close()
    assert not Path(f"/proc/{leash.pid}").exists()
