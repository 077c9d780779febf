"""Cost of a function, without its preparation."""

import time
from collections.abc import Callable
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from tests.bench.case import Measures


def spent(work: Callable[[], object]) -> Measures:
    """Wall and CPU seconds of `work`, including its exited children."""
    begun, used = time.monotonic(), cpu_s()
    work()
    return {"wall_s": time.monotonic() - begun, "cpu_s": cpu_s() - used}


def cpu_s() -> float:
    """CPU seconds of this process and its exited children."""
    return sum(
        usage.ru_utime + usage.ru_stime for usage in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    )
