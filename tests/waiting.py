"""Wait for a condition instead of a fixed time."""

import inspect
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(condition: Callable[[], T | None], seconds: float = 60) -> T:
    """Call `condition` until it returns a true value, and return that value. Fail the test after `seconds`.

    The limit is far above the time that a busy machine needs, so only a condition that never comes true reaches it.
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
