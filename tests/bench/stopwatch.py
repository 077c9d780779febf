"""What a piece of work costs by itself, without what was made ready before it."""

import time
from collections.abc import Callable
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from tests.bench.case import Measures


def spent(work: Callable[[], object]) -> Measures:
    """Wall and CPU seconds of `work`, those of its children that have ended included."""
    begun, used = time.monotonic(), cpu_s()
    work()
    return {"wall_s": time.monotonic() - begun, "cpu_s": cpu_s() - used}


def cpu_s() -> float:
    """Seconds of this process and of those children that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime for usage in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    )
