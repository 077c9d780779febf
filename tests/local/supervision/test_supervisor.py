import os
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from intake.local.errors import CannotStart
from intake.local.supervision.process import ProcessSpec
from intake.local.supervision.signals import StopSignals
from intake.local.supervision.supervisor import Interrupted, Supervisor
from tests.local.standins import Journal, processes
from tests.waiting import until


@contextmanager
def supervised(*specs: ProcessSpec, told: list[str] | None = None) -> Iterator[Supervisor]:
    supervisor = Supervisor(specs, tell=([] if told is None else told).append)
    try:
        yield supervisor
    finally:
        supervisor.stop()


def turning_until(supervisor: Supervisor, condition: Callable[[], object]) -> None:
    """Let the supervisor work until `condition` holds."""

    def turned() -> object:
        supervisor.handle_events(supervisor.restart_due())
        return condition()

    until(turned)


def other_pid(supervisor: Supervisor, name: str, before: int) -> None:
    """Let the supervisor work until `name` has another process id than `before`."""
    turning_until(supervisor, lambda: supervisor.pids.get(name, before) != before)


def words(journal: Journal, word: str) -> list[str]:
    return [line.removeprefix(f"{word} ") for line in journal.lines if line.startswith(f"{word} ")]


NAMES: Sequence[str] = ("database", "broker", "worker", "web")


def test_children_start_in_order_and_stop_in_reverse(journal: Journal) -> None:
    with supervised(*map(journal.spec, NAMES)) as supervisor:
        supervisor.start()
        assert list(supervisor.pids) == list(NAMES)
    assert words(journal, "started") == list(NAMES)
    assert words(journal, "stopped") == list(reversed(NAMES))
    assert processes(journal.path) == {}


def test_order_of_stopping_survives_a_restart(journal: Journal) -> None:
    with supervised(*map(journal.spec, NAMES)) as supervisor:
        supervisor.start()
        database = supervisor.pids["database"]
        os.kill(database, signal.SIGKILL)
        other_pid(supervisor, "database", database)
        until(lambda: words(journal, "started").count("database") == 2)
    assert words(journal, "stopped") == list(reversed(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_child_comes_back(journal: Journal, name: str) -> None:
    told: list[str] = []
    with supervised(*map(journal.spec, NAMES), told=told) as supervisor:
        supervisor.start()
        before = supervisor.pids
        os.kill(before[name], signal.SIGKILL)
        other_pid(supervisor, name, before[name])
        until(lambda: words(journal, "started").count(name) == 2)
        others = {other: pid for other, pid in before.items() if other != name}
        assert others.items() <= supervisor.pids.items()
    assert f"{name} was ended by SIGKILL: restarting it in 0.1 s" in told


def test_the_family_of_a_killed_child_goes_before_it_comes_back(journal: Journal) -> None:
    with supervised(journal.spec("worker", "parent")) as supervisor:
        supervisor.start()
        # Wait until the child of the worker has written its line to the journal: if killed earlier, it never would.
        until(lambda: words(journal, "child-of") == ["worker"])
        before = supervisor.pids["worker"]
        os.kill(before, signal.SIGKILL)
        other_pid(supervisor, "worker", before)
        until(lambda: words(journal, "child-of") == ["worker"] * 2)
        until(lambda: len(processes(journal.path)) == 2)


def test_a_child_that_does_not_listen_is_killed(journal: Journal) -> None:
    with supervised(journal.spec("web", "stubborn", grace=0.1)) as supervisor:
        supervisor.start()
    assert processes(journal.path) == {}
    assert words(journal, "stopped") == []


def test_one_that_runs_to_its_end_comes_before_the_next(journal: Journal) -> None:
    with supervised(journal.spec("migrate", "done", once=True), journal.spec("web")) as supervisor:
        supervisor.start()
        assert list(supervisor.pids) == ["web"]
    assert words(journal, "started") == ["migrate", "web"]


@pytest.mark.parametrize("once", [True, False])
def test_a_failed_start_is_one_sentence_and_stops_the_rest(journal: Journal, once: bool) -> None:
    told: list[str] = []
    failing = journal.spec("migrate", "brief", once=once, ready=lambda: False, advice="do this")
    with supervised(journal.spec("database"), failing, told=told) as supervisor:
        with pytest.raises(CannotStart, match=r"^migrate ended with exit code 3 while starting: do this\.$"):
            supervisor.start()
        assert "migrate   | too short" in told
    assert processes(journal.path) == {}
    assert words(journal, "stopped") == ["database"]


def test_patience_ends(journal: Journal) -> None:
    with (
        supervised(journal.spec("web", ready=lambda: False, grace_seconds=0.1)) as supervisor,
        pytest.raises(CannotStart, match=r"web was not ready after 0\.1 seconds"),
    ):
        supervisor.start()
    assert processes(journal.path) == {}


def test_a_program_that_is_not_there() -> None:
    with (
        supervised(ProcessSpec("web", ["/does/not/exist"])) as supervisor,
        pytest.raises(CannotStart, match="web cannot be started: No such file"),
    ):
        supervisor.start()


def test_a_preparation_that_fails_later_is_tried_again(journal: Journal) -> None:
    told: list[str] = []
    moods = iter([True, False, True])

    def prepare() -> None:
        if not next(moods):
            raise CannotStart("The folder is away.")

    with supervised(journal.spec("database", prepare=prepare), told=told) as supervisor:
        supervisor.start()
        before = supervisor.pids["database"]
        os.kill(before, signal.SIGKILL)
        other_pid(supervisor, "database", before)
    assert "The folder is away." in told


def test_a_killed_reaper_is_replaced(journal: Journal) -> None:
    with supervised(journal.spec("web")) as supervisor:
        supervisor.start()
        before = supervisor.reaper
        os.kill(before, signal.SIGKILL)
        turning_until(supervisor, lambda: supervisor.reaper != before)


def test_output_is_told_under_the_child_s_name(journal: Journal) -> None:
    told: list[str] = []
    with supervised(journal.spec("web"), told=told) as supervisor:
        supervisor.start()
        turning_until(supervisor, lambda: told)
    assert told == ["web       | hello from web"]


def test_a_stop_signal_ends_the_run(journal: Journal) -> None:
    with StopSignals() as stops:
        supervisor = Supervisor([journal.spec("web")], stops=stops, tell=lambda line: None)
        supervisor.start()
        os.kill(os.getpid(), signal.SIGTERM)
        supervisor.run()
        supervisor.stop()
    assert words(journal, "stopped") == ["web"]


def test_a_stop_signal_interrupts_the_start(journal: Journal) -> None:
    def ctrl_c() -> bool:
        os.kill(os.getpid(), signal.SIGINT)
        return False

    with StopSignals() as stops:
        specs = [journal.spec("database"), journal.spec("broker", ready=ctrl_c), journal.spec("web")]
        supervisor = Supervisor(specs, stops=stops, tell=lambda line: None)
        with pytest.raises(Interrupted):
            supervisor.start()
        supervisor.stop()
    assert "web" not in words(journal, "started")
    assert processes(journal.path) == {}


def test_an_end_and_a_word_of_the_family_that_come_together() -> None:
    """The supervisor must read output of a grandchild before it handles the child's exit, which closes the output."""
    spec = ProcessSpec(name="worker", argv=["sh", "-c", "(sleep 0.2; echo late; sleep 60) &"])
    told: list[str] = []
    with supervised(spec, told=told) as supervisor:
        supervisor.start()
        output = supervisor._children[spec].output
        assert output is not None
        until(lambda: select.select([output], [], [], 0)[0])
        supervisor.handle_events(0)
        assert told[0].endswith("| late")
        assert "restarting it" in told[1]
