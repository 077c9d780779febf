import os
import threading
from typing import TYPE_CHECKING

import pytest

from intake.photos.render import threads
from intake.sandbox.task import RawAnswer
from tests.sandbox import tasks

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_S = 20


@pytest.mark.parametrize(("processors", "expected"), [(1, 1), (2, 2), (64, threads.MOST)])
def test_as_many_threads_as_processors_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch, processors: int, expected: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(processors)))
    assert threads.count() == expected


def test_both_run_at_once() -> None:
    """Each function waits for the other at a barrier. If they ran one after the other, the barrier would time out."""
    meeting = threading.Barrier(2, timeout=PATIENCE_S)
    assert sorted(threads.both(meeting.wait, meeting.wait)) == [0, 1]


def test_each_runs_at_once_and_results_keep_their_order() -> None:
    meeting = threading.Barrier(3, timeout=PATIENCE_S)
    assert threads.each(lambda item: (meeting.wait(), item)[1], [3, 1, 2]) == [3, 1, 2]


def fail() -> int:
    raise ValueError("the lamp is out")


@pytest.mark.parametrize("order", [1, -1])
def test_an_exception_of_either_is_raised(order: int) -> None:
    calls: list[Callable[[], int]] = [fail, int]
    first, second = calls[::order]
    with pytest.raises(ValueError, match="the lamp is out"):
        threads.both(first, second)
    with pytest.raises(ValueError, match="the lamp is out"):
        threads.each(lambda call: call(), [first, second])


def run_both(_data: bytes) -> RawAnswer:
    """Task for the sandbox, whose server imports this module."""
    first, second = threads.both(threading.get_ident, threading.get_ident)
    return {"apart": first != second}, []


def test_the_sandbox_allows_threads() -> None:
    assert tasks.run(run_both)[0] == {"apart": True}
