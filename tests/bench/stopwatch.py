"""Cost of a function, without its preparation."""

import time
from collections.abc import Callable
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from tests.bench.case import Measures
from tests.bench.family import Family
from tests.sandbox import family
from tests.waiting import until


def spent(work: Callable[[], object]) -> Measures:
    """Wall and CPU seconds of `work`, including its exited children."""
    begun, used = time.monotonic(), cpu_s()
    work()
    return {"wall_s": time.monotonic() - begun, "cpu_s": cpu_s() - used}


def cpu_s() -> float:
    """CPU seconds of this process, its exited children, and the sandbox with its exited children."""
    return (
        sum(usage.ru_utime + usage.ru_stime for usage in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)))
        + _sandbox_cpu_s()
    )


def _sandbox_cpu_s() -> float:
    """CPU seconds of the sandbox's server and its children.

    Waits until the server has reaped its children, because the kernel adds their time to its own only then.
    """
    if not family.is_started():
        return 0.0
    server = family.server()
    until(lambda: not family.children(server))
    return Family(server).cpu_s()
