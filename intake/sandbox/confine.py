"""Confine the sandboxed child process before it reads an untrusted file."""

import contextlib
import gc
import os
import resource
import signal

from intake.sandbox import heap, seccomp
from intake.sandbox.limits import Limits

ANSWER = 3
"""File descriptor of the pipe to the parent, the only descriptor that stays open besides stdio."""


def address_space() -> int | None:
    """Address space of this process in bytes, or None if the system does not report it."""
    try:
        file = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return None
    try:
        return int(os.read(file, 100).split()[0]) * resource.getpagesize()
    finally:
        os.close(file)


def confine(pipe: int, limits: Limits, ready: seccomp.Filter | None) -> bool:
    """Keep only the descriptor `pipe` (as ANSWER), lower the resource limits and install the seccomp filter.

    Returns whether the filter is active.
    """
    _reset_signals()
    # Finalizing objects copied from the server would touch memory that is shared with it.
    gc.disable()
    _close_all_but(pipe)
    seccomp.deny_new_privileges()
    _lower_limits(limits)
    heap.configure(limits.memory_bytes)
    return ready is not None and seccomp.install(ready)


def _reset_signals() -> None:
    """Reset signal handling to the defaults, and let the kernel kill the child when the parent ends."""
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
    # Ctrl-C reaches the whole process group. The parent handles it and ends the child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())


def _close_all_but(pipe: int) -> None:
    """Close every descriptor except the pipe, and connect stdio to /dev/null.

    The closed descriptors include the server's socket, and channels of other children.
    """
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


def _lower_limits(limits: Limits) -> None:
    # Measured after the input was taken, so that its bytes do not count.
    mapped = address_space()
    if mapped is not None:
        _lower(resource.RLIMIT_AS, mapped + limits.memory_bytes)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, 0)
    # A core file would contain the input unencrypted.
    _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, soft: int, hard: int | None = None) -> None:
    """Set a resource limit, but never above the inherited hard limit."""
    given = resource.getrlimit(which)[1]
    most = given if given != resource.RLIM_INFINITY else max(soft, hard or soft)
    resource.setrlimit(which, (min(soft, most), min(hard or soft, most)))
