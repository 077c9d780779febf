"""Waiting for a condition, never for a guess at how long it takes."""

import inspect
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(condition: Callable[[], T | None], seconds: float = 60) -> T:
    """Ask `condition` until its answer is true, and give that answer; fail the test after `seconds`.

    The limit is for what never comes, and far above what a busy machine needs.
    """
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"This did not come true in {seconds} s: {_written(condition)}"
        time.sleep(0.02)
    return answer


def _written(condition: Callable[[], object]) -> str:
    """The source of a condition, so that a failure says what was waited for."""
    try:
        return inspect.getsource(condition).strip()
    except (OSError, TypeError):
        return repr(condition)
