"""The sandbox, tried from inside."""

import ctypes
import mmap
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from intake import sandbox
from intake.sandbox import wire
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import Refused
from tests.waiting import until

Answer = tuple[dict[str, Any], list[bytes]]

libc = ctypes.CDLL(None, use_errno=True)


def echo(data: bytes) -> Answer:
    return {"length": len(data)}, [data, b""]


def refusal(work: sandbox.ChildTask, **limits: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        sandbox.run(work, b"", limits=Limits(**limits))
    return refused.value


def test_answers_with_header_and_blobs() -> None:
    assert sandbox.run(echo, b"abc" * MB) == ({"length": 3 * MB}, [b"abc" * MB, b""])


def test_knows_its_strength() -> None:
    assert sandbox.strength() in {"full", "limits only"}


def test_a_child_that_spins_is_stopped_by_its_processor_time() -> None:
    def spin(_data: bytes) -> Answer:
        while True:
            pass

    assert refusal(spin, cpu_seconds=1).reason == "too_slow"


def test_a_child_that_waits_is_stopped_by_the_clock() -> None:
    def wait(_data: bytes) -> Answer:
        threading.Event().wait()
        return {}, []

    assert refusal(wait, wall_seconds=0.2).reason == "too_slow"


def test_a_child_that_closes_its_mouth_and_waits_is_stopped_too() -> None:
    def mute(_data: bytes) -> Answer:
        os.close(3)
        threading.Event().wait()
        return {}, []

    assert refusal(mute, wall_seconds=0.2).reason == "too_slow"


def test_a_child_that_swells_is_stopped() -> None:
    def swell(_data: bytes) -> Answer:
        return {"length": len(bytearray(512 * MB))}, []

    assert refusal(swell, memory_bytes=64 * MB).reason == "too_much_memory"


def test_a_child_that_crashes_has_a_damaged_photo() -> None:
    def crash(_data: bytes) -> Answer:
        ctypes.string_at(0)
        return {}, []

    assert refusal(crash).detail == f"ended by {signal.SIGSEGV.value}"


def test_a_child_that_talks_too_much_is_cut_off() -> None:
    assert refusal(lambda _data: ({}, [bytes(4 * MB)]), answer_bytes=MB).reason == "damaged"


def test_an_error_tells_its_place_and_not_its_words() -> None:
    def fail(_data: bytes) -> Answer:
        raise RuntimeError("43.2389 N")

    told = refusal(fail)
    assert told.reason == "damaged"
    assert told.detail.startswith("RuntimeError in test_sandbox.py:")
    assert "43" not in told.detail.split(":")[0]


def test_hands_on_the_childs_own_refusal() -> None:
    def refuse(_data: bytes) -> Answer:
        raise Refused("too_many_scans")

    assert refusal(refuse).reason == "too_many_scans"


def test_a_long_reason_is_cut() -> None:
    assert refusal(lambda _data: ({"refused": "because" * 99}, [])).reason == ("because" * 6)[:40]


def children() -> set[int]:
    try:
        return {os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT).si_pid}  # type: ignore[union-attr]
    except (ChildProcessError, AttributeError):
        return set()


def descriptors() -> list[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


def test_leaves_neither_descriptor_nor_zombie() -> None:
    before = descriptors(), children()
    for _ in range(20):
        sandbox.run(echo, b"abc")
        refusal(lambda _data: os._exit(1))
    assert (descriptors(), children()) == before


def waits_for_its_child(thread: threading.Thread) -> bool:
    """Return whether the thread has left the fork behind. Python ignores an exception raised in its callbacks after a fork."""
    assert thread.ident is not None
    frame = sys._current_frames().get(thread.ident)
    return frame is not None and frame.f_code.co_filename == wire.__file__


def test_an_interrupted_parent_leaves_no_child() -> None:
    """Ctrl-C and Celery's soft time limit interrupt in this way."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = children()
    handler = signal.signal(signal.SIGUSR1, interrupt)
    shared = mmap.mmap(-1, 8)

    def interrupt_when_it_waits() -> None:
        until(lambda: number_in(shared) and waits_for_its_child(threading.main_thread()))
        os.kill(os.getpid(), signal.SIGUSR1)

    messenger = threading.Thread(target=interrupt_when_it_waits)
    try:
        messenger.start()
        with pytest.raises(KeyboardInterrupt):
            sandbox.run(lambda _data: wait_as(shared), b"")
    finally:
        messenger.join()
        signal.signal(signal.SIGUSR1, handler)
    assert children() == before


def test_works_beside_threads() -> None:
    """A thread that holds locks during the fork must not block the child."""
    done = threading.Event()

    def bustle() -> None:
        while not done.is_set():
            [bytearray(1000) for _ in range(100)]

    threads = [threading.Thread(target=bustle) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert all(sandbox.run(echo, b"abc")[0] == {"length": 3} for _ in range(20))
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_works_in_several_threads_at_once() -> None:
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(sandbox.run(echo, b"abc"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become nobody")
def test_works_as_nobody() -> None:
    child = os.fork()
    if child == 0:
        try:
            os.setgid(65534)
            os.setuid(65534)
            os._exit(0 if sandbox.run(echo, b"abc")[0] == {"length": 3} else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0


def test_dies_with_its_parent() -> None:
    """A parent killed outright cannot clean up, but the kernel does."""
    adopt_orphans(yes=True)
    shared = mmap.mmap(-1, 8)
    parent = os.fork()
    if parent == 0:
        sandbox.run(lambda _data: wait_as(shared), b"", limits=Limits(cpu_seconds=60))
    try:
        child = until(lambda: number_in(shared))
        os.kill(parent, signal.SIGKILL)
        os.waitpid(parent, 0)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    finally:
        adopt_orphans(yes=False)


def adopt_orphans(*, yes: bool) -> None:
    """Adopt orphaned grandchildren, so that the test sees how they ended (PR_SET_CHILD_SUBREAPER)."""
    libc.prctl(36, int(yes), 0, 0, 0)


def number_in(shared: mmap.mmap) -> int:
    return int.from_bytes(shared[:8], "little")


def wait_as(shared: mmap.mmap) -> Answer:
    """Write the process id where the test looks, and wait."""
    shared[:8] = os.getpid().to_bytes(8, "little")
    threading.Event().wait()
    return {}, []


def test_without_a_filter_limits_alone_still_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.sandbox.seccomp.install", lambda _ready: False)
    assert sandbox.run(echo, b"abc")[0] == {"length": 3}
    sandbox.strength.cache_clear()
    try:
        assert sandbox.strength() == "limits only"
    finally:
        sandbox.strength.cache_clear()
