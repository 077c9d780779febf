"""What a child does to itself before it looks at a stranger's bytes."""

import contextlib
import gc
import os
import resource
import signal
from pathlib import Path

from intake.photos.limits import Limits
from intake.photos.sandbox import heap, seccomp

ANSWER = 3
"""The descriptor that stays open: the pipe to the parent."""


def address_space() -> int | None:
    """Bytes of address space this process has mapped, or None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return None
    return pages * resource.getpagesize()


def confine(pipe: int, limits: Limits, ceiling: int | None, ready: seccomp.Filter | None) -> bool:
    """Keep only `pipe` (as ANSWER), take the limits, put on the filter. Returns whether the filter is on."""
    _settle_signals()
    # Nothing of the parent's may be finalised here: its connections are not ours to close.
    gc.disable()
    _close_all_but(pipe)
    seccomp.renounce()
    _take(limits, ceiling)
    heap.settle()
    return ready is not None and seccomp.install(ready)


def _settle_signals() -> None:
    """Die with the parent, and by the system's defaults: the parent's handlers belong to its own work."""
    seccomp.die_with_parent()
    signal.set_wakeup_fd(-1)
    for number in (
        signal.SIGTERM,
        signal.SIGHUP,
        signal.SIGQUIT,
        signal.SIGUSR1,
        signal.SIGUSR2,
        signal.SIGALRM,
    ):
        signal.signal(number, signal.SIG_DFL)
    # Ctrl-C reaches the whole group; the parent answers it, and ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())


def _close_all_but(pipe: int) -> None:
    """Close every descriptor (sockets to the broker and the database among them) but the pipe and a null stdio."""
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.dup2(pipe, ANSWER)
    for name in _open_descriptors():
        if name > ANSWER:
            with contextlib.suppress(OSError):
                os.close(name)


def _open_descriptors() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208 - names, no paths
    except OSError:
        return list(range(4096))


def _take(limits: Limits, ceiling: int | None) -> None:
    if ceiling is not None:
        _lower(resource.RLIMIT_AS, ceiling)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, 0)
    # A core file would be the photo in clear on disk.
    _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, soft: int, hard: int | None = None) -> None:
    """Set a limit, without asking for more than we were given."""
    given = resource.getrlimit(which)[1]
    most = given if given != resource.RLIM_INFINITY else max(soft, hard or soft)
    resource.setrlimit(which, (min(soft, most), min(hard or soft, most)))
