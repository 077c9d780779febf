"""The sandbox, tested with functions that run inside it."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from intake import sandbox
from intake.sandbox import wire
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import AnswerRefused, Refused
from tests.sandbox import family, nobody, tasks
from tests.waiting import until

ROOT = Path(__file__).parents[2]


def refusal(work: Any, limits: Limits | None = None, **parameters: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        tasks.run(work, b"", limits, **parameters)
    return refused.value


def test_answers_with_header_and_blobs() -> None:
    assert tasks.run(tasks.echo, b"abc" * MB) == ({"length": 3 * MB}, [b"abc" * MB, b""])


def test_knows_its_strength() -> None:
    assert sandbox.strength() in {"full", "limits only"}


def test_a_child_that_spins_is_stopped_by_its_processor_time() -> None:
    assert refusal(tasks.spin, Limits(cpu_seconds=1)).reason == "too_slow"


@pytest.mark.parametrize("work", [tasks.wait, tasks.close_and_wait])
def test_a_child_that_waits_is_stopped_by_the_clock(work: Any) -> None:
    assert refusal(work, Limits(wall_seconds=0.2)).reason == "too_slow"
    until(lambda: not family.children(family.server()))


def test_a_child_that_swells_is_stopped() -> None:
    assert refusal(tasks.swell, Limits(memory_bytes=64 * MB), size=512 * MB).reason == "too_much_memory"


def test_a_child_that_crashes_has_a_damaged_photo() -> None:
    assert refusal(tasks.crash).detail == f"ended by {signal.SIGSEGV.value}"


def test_a_child_that_is_killed_ran_out_of_memory() -> None:
    """The kernel ends processes with SIGKILL when memory runs out."""

    def kill_it() -> None:
        os.kill(until(lambda: family.children(family.server()))[0], signal.SIGKILL)

    sandbox.load(tasks.task_of(tasks.wait))
    killer = threading.Thread(target=kill_it)
    killer.start()
    assert refusal(tasks.wait).reason == "too_much_memory"
    killer.join()


def test_a_child_that_talks_too_much_is_cut_off() -> None:
    assert refusal(tasks.talk, Limits(answer_bytes=MB)).reason == "damaged"


def test_an_error_tells_its_place_and_not_its_words() -> None:
    told = refusal(tasks.fail)
    assert told.reason == "damaged"
    assert told.detail.startswith("RuntimeError in tasks.py:")
    assert "43" not in told.detail.split(":")[0]


def test_hands_on_the_childs_own_refusal() -> None:
    told = refusal(tasks.refuse, reason="too_many_scans", detail="pages: 7")
    assert (told.reason, told.detail) == ("too_many_scans", "pages: 7")


@pytest.mark.parametrize(
    "told",
    [
        {"reason": "because" * 6},
        {"reason": "Too Slow"},
        {"reason": ""},
        {"reason": "too_slow\n"},
        {"reason": "too_slow", "detail": "Ilham\nlives"},
        {"reason": "too_slow", "detail": "<b>"},
        {"reason": "too_slow", "detail": "Алма"},
    ],
)
def test_a_refusal_has_no_room_for_words_of_a_file(told: dict[str, str]) -> None:
    assert isinstance(refusal(tasks.refuse, None, **told), AnswerRefused)


def test_a_refused_answer_is_logged_without_its_content(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(AnswerRefused, match="damaged"):
        sandbox.run(tasks.forged(sandbox.PROBE), tasks.lie({"refused_a_socket": 7, "Ilham": "Alma"}))
    assert caplog.messages == [
        "sandbox: the answer of tests.sandbox.tasks:say was refused: refused_a_socket: bool_type,"
        " unknown field: extra_forbidden"
    ]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def descriptors() -> list[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


def test_leaves_neither_descriptor_nor_zombie() -> None:
    tasks.run(tasks.echo)
    own = descriptors()
    for _ in range(20):
        tasks.run(tasks.echo, b"abc")
        assert refusal(tasks.leave, status=1).detail == "ended by 1"
    assert descriptors() == own
    until(lambda: not family.children(family.server()))
    # Four open files: the standard streams and the socket.
    until(lambda: len(list(Path(f"/proc/{family.server()}/fd").iterdir())) == 4)


def waits_for_its_child(thread: threading.Thread) -> bool:
    """Return whether the thread waits for the answer of its child."""
    assert thread.ident is not None
    frame = sys._current_frames().get(thread.ident)
    return frame is not None and frame.f_code.co_filename == wire.__file__


def test_an_interrupted_parent_leaves_no_child() -> None:
    """Ctrl-C and Celery's soft time limit also raise an exception while the parent waits."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    sandbox.load(tasks.task_of(tasks.wait))
    server = family.server()
    handler = signal.signal(signal.SIGUSR1, interrupt)

    def interrupt_when_it_waits() -> None:
        until(lambda: family.children(server) and waits_for_its_child(threading.main_thread()))
        os.kill(os.getpid(), signal.SIGUSR1)

    messenger = threading.Thread(target=interrupt_when_it_waits)
    try:
        messenger.start()
        with pytest.raises(KeyboardInterrupt):
            tasks.run(tasks.wait)
    finally:
        messenger.join()
        signal.signal(signal.SIGUSR1, handler)
    until(lambda: not family.children(server))
    assert tasks.run(tasks.echo)[0] == {"length": 0}


def test_works_in_several_threads_at_once() -> None:
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda: answers.append(tasks.run(tasks.echo, b"abc"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [({"length": 3}, [b"abc", b""])] * 8


@nobody.needs_root
def test_works_as_nobody() -> None:
    program = "from tests.sandbox import tasks; print(tasks.run(tasks.echo, b'abc'))"
    told = subprocess.run(
        [*nobody.COMMAND, sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout == "({'length': 3}, [b'abc', b''])\n", told.stderr


def test_a_forked_process_shares_the_server_and_its_child_dies_with_it() -> None:
    """A parent killed outright cannot clean up, but the server does."""
    sandbox.load(tasks.task_of(tasks.wait))
    server = family.server()
    parent = os.fork()
    if parent == 0:
        with contextlib.suppress(BaseException):
            tasks.run(tasks.wait, limits=Limits(cpu_seconds=60, wall_seconds=60))
        os._exit(0)
    until(lambda: family.children(server))
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    until(lambda: not family.children(server))
    assert tasks.run(tasks.echo)[0] == {"length": 0}
