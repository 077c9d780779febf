"""One child process for one photo: it may compute and answer, and nothing else.

The child is forked from a parent that has already imported everything (`prepare`), so it starts in milliseconds and never
needs to open a file. Before it sees a byte it closes every descriptor but the pipe, takes limits, and puts on a seccomp filter.
It answers with JSON and bytes: what comes out of a process that parsed a stranger's file is never unpickled.
"""

import contextlib
import os
import signal
import socket
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NoReturn

from intake.photos.limits import Limits
from intake.photos.refusal import REASONS, PhotoRefused
from intake.photos.sandbox import seccomp, wire
from intake.photos.sandbox.confine import ANSWER, address_space, confine

Answer = tuple[dict[str, Any], list[bytes]]
Work = Callable[[bytes], Answer]
"""What the child does: a JSON-able header and blobs from the photo's bytes. It may raise PhotoRefused."""


def prepare() -> None:
    """Import and start all that the child will need, so that it need open nothing. Call it before the first `run`."""
    from intake.photos import work

    work.prepare()
    _filter()


@cache
def strength() -> Literal["full", "limits only"]:
    """Whether system calls are filtered here, or memory and time alone are limited. Found out by trying."""
    header, _ = run(_try_a_socket, b"")
    return "full" if header["refused_a_socket"] else "limits only"


def run(work: Work, data: bytes, *, limits: Limits | None = None) -> Answer:
    """Do `work(data)` in a child and return what it returns.

    Raise PhotoRefused: the child's own, or for a child that crashed (damaged), spun (too_slow) or swelled
    (too_much_memory). Raise OSError when no child can be had: that is ours to retry, not the photo's fault.
    """
    limits = limits or Limits()
    mapped, ready = address_space(), _filter()
    ceiling = None if mapped is None else mapped + limits.memory_bytes
    reading, writing = os.pipe()
    wire.widen(writing)
    with open(reading, "rb", buffering=0), open(writing, "wb", buffering=0) as mouth:
        child = 0
        try:
            with _undisturbed():
                child = os.fork()
                if child == 0:
                    _live(work, data, writing, limits, ceiling, ready)
            mouth.close()
            return _listen(child, reading, limits)
        finally:
            _end(child)


@cache
def _filter() -> seccomp.Filter | None:
    return seccomp.build()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals back, so that none comes between the fork and the moment when we know the child's id.

    Python 3.12 warns about any fork beside threads. Ours is safe: the child takes no lock that another thread might hold.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_INTERRUPTING = {signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP, signal.SIGUSR1, signal.SIGALRM}


def _live(
    work: Work, data: bytes, pipe: int, limits: Limits, ceiling: int | None, ready: seccomp.Filter | None
) -> NoReturn:
    """The child's whole life. It never returns to the parent's code, whatever happens."""
    try:
        confine(pipe, limits, ceiling, ready)
        wire.send(ANSWER, *_answer(work, data))
    finally:
        os._exit(0)


def _answer(work: Work, data: bytes) -> Answer:
    """The work's answer, or what it failed of: the parent must hear of anything."""
    try:
        return work(data)
    except PhotoRefused as refusal:
        return {"refused": refusal.reason, "detail": refusal.detail}, []
    except MemoryError as error:
        return {"refused": "too_much_memory", "detail": _where(error)}, []
    except BaseException as error:
        return {"refused": "damaged", "detail": _where(error)}, []


def _where(error: BaseException) -> str:
    """Type and place of an error; never its message, which may quote the file."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _listen(child: int, reading: int, limits: Limits) -> Answer:
    deadline = time.monotonic() + limits.wall_seconds
    try:
        header, blobs = wire.receive(reading, deadline, limits.answer_bytes)
    except wire.Late:
        raise PhotoRefused("too_slow", "wall clock") from None
    except wire.TooLong:
        raise PhotoRefused("damaged", "answer too long") from None
    except wire.Garbled:
        raise _obituary(child, deadline) from None
    reason = header.get("refused")
    if reason is None:
        return header, blobs
    raise PhotoRefused(reason if reason in REASONS else "damaged", str(header.get("detail", ""))[:200])


def _obituary(child: int, deadline: float) -> PhotoRefused:
    """Why a child ended without an answer."""
    while time.monotonic() < deadline:
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is not None:
            return PhotoRefused(_CAUSES.get(ended.si_status, "damaged"), f"ended by {ended.si_status}")
        time.sleep(_GLANCE)
    return PhotoRefused("too_slow", "wall clock")


_GLANCE = 0.005
_CAUSES: dict[int, str] = {
    signal.SIGXCPU: "too_slow",
    # One that we did not send is the kernel's, short of memory.
    signal.SIGKILL: "too_much_memory",
}
"""Signal that ended a child → reason. Anything else is a codec that fell over the file."""


def _end(child: int) -> None:
    """Leave neither a process nor a zombie, and no other process's child touched."""
    if child:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _try_a_socket(_data: bytes) -> Answer:
    try:
        socket.socket().close()
    except PermissionError:
        return {"refused_a_socket": True}, []
    except OSError:
        # NOFILE lets no socket through either, but says so with another error.
        return {"refused_a_socket": False}, []
    return {"refused_a_socket": False}, []
