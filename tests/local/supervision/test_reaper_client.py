import os
import signal
from pathlib import Path

from intake.local.supervision.process import ChildProcess
from intake.local.supervision.reaper_client import ReaperClient
from tests.local.standins import Journal
from tests.waiting import until


def held(journal: Journal, reaper_client: ReaperClient, name: str = "one") -> ChildProcess:
    child = ChildProcess(journal.spec(name))
    reaper_client.hold(child, 0)
    until(lambda: f"started {name}" in journal.lines)
    return child


def test_letting_go_of_the_leash_stops_who_is_held(journal: Journal) -> None:
    reaper_client = ReaperClient()
    kept, released = held(journal, reaper_client, "kept"), held(journal, reaper_client, "released")
    reaper_client.release(released)
    reaper_client.close()
    assert kept.end() == 0
    assert released.end() == -signal.SIGKILL


def test_another_reaper_takes_over_from_a_killed_one(journal: Journal) -> None:
    reaper_client = ReaperClient()
    child = held(journal, reaper_client)
    first = reaper_client.pid
    os.kill(first, signal.SIGKILL)

    def mended() -> bool:
        reaper_client.mend()
        return reaper_client.pid != first

    until(mended)
    reaper_client.close()
    assert child.end() == 0


def test_a_dead_reaper_is_noticed_when_it_is_told_something(journal: Journal) -> None:
    reaper_client = ReaperClient()
    first = reaper_client.pid
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    child = held(journal, reaper_client)
    assert reaper_client.pid != first
    reaper_client.close()
    assert child.end() == 0


def test_no_child_holds_the_pipe(journal: Journal) -> None:
    reaper_client = ReaperClient()
    child = held(journal, reaper_client)
    pipes = {one.readlink() for one in Path(f"/proc/{reaper_client.pid}/fd").iterdir() if one.name == "0"}
    assert not pipes & {one.readlink() for one in Path(f"/proc/{child.pid}/fd").iterdir()}
    reaper_client.close()
    child.end()


def test_what_it_keeps_open_stays_open(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR)
    reaper_client = ReaperClient(descriptor)
    assert Path(f"/proc/{reaper_client.pid}/fd/{descriptor}").readlink() == tmp_path / "lock"
    reaper_client.close()
    os.close(descriptor)


def test_closing_waits_for_the_reaper_even_a_killed_one() -> None:
    reaper_client = ReaperClient()
    os.kill(reaper_client.pid, signal.SIGKILL)
    reaper_client.close()
    assert not Path(f"/proc/{reaper_client.pid}").exists()
