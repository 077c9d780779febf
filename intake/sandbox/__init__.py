"""Sandbox: one child process for each file or text, which may only compute and send an answer to its parent.

The child is forked from a parent that has imported everything that the task needs. It therefore starts in
milliseconds and opens no files. Before it reads its input, it closes every descriptor but the pipe, lowers
its limits, and installs a seccomp filter. The child answers in JSON and bytes. The parent never unpickles the
answer, because an untrusted file may have taken control of the child.
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

from intake.sandbox import seccomp, wire
from intake.sandbox.confine import ANSWER, confine
from intake.sandbox.limits import Limits
from intake.sandbox.refusal import Refused

Answer = tuple[dict[str, Any], list[bytes]]
ChildTask = Callable[[bytes], Answer]
"""Function that runs in the child. Returns a JSON-able header and blobs. May raise Refused."""


@cache
def strength() -> Literal["full", "limits only"]:
    """Strength of the sandbox: system calls filtered, or only memory and time limited.

    Determined by a child that tries to open a socket.
    """
    header, _ = run(_try_a_socket, b"")
    return "full" if header["refused_a_socket"] else "limits only"


def run(task: ChildTask, data: bytes, *, limits: Limits | None = None) -> Answer:
    """Run `task(data)` in a child and return its result.

    Raises Refused if the task raises it. Also raises Refused if the child crashed (damaged), ran
    too long (too_slow) or used too much memory (too_much_memory). Raises OSError if no child can be started.
    The input is then not at fault, so retry later.
    """
    limits = limits or Limits()
    ready = _filter()
    reading, writing = os.pipe()
    wire.enlarge_pipe(writing)
    with open(reading, "rb", buffering=0), open(writing, "wb", buffering=0) as pipe:
        child = 0
        try:
            with _signals_blocked():
                child = os.fork()
                if child == 0:
                    _run_child(task, data, writing, limits, ready)
            pipe.close()
            return _receive_answer(child, reading, limits)
        finally:
            _kill_and_reap(child)


@cache
def _filter() -> seccomp.Filter | None:
    return seccomp.build()


@contextlib.contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block signals between the fork and the moment when the child's id is known.

    Python 3.12 warns about forks in threaded processes. This fork is safe, because the child takes no lock that
    another thread might hold.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_INTERRUPTING = {signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP, signal.SIGUSR1, signal.SIGALRM}


def _run_child(
    task: ChildTask, data: bytes, pipe: int, limits: Limits, ready: seccomp.Filter | None
) -> NoReturn:
    """Run the child from fork to exit. It never returns to the parent's code."""
    try:
        confine(pipe, limits, ready)
        wire.send(ANSWER, *_answer(task, data))
    finally:
        os._exit(0)


def _answer(task: ChildTask, data: bytes) -> Answer:
    """Run the task and report any exception as a refusal, so that the parent receives it."""
    try:
        return task(data)
    except Refused as refusal:
        return {"refused": refusal.reason, "detail": refusal.detail}, []
    except MemoryError as error:
        return {"refused": "too_much_memory", "detail": _position(error)}, []
    except BaseException as error:
        return {"refused": "damaged", "detail": _position(error)}, []


def _position(error: BaseException) -> str:
    """Type and position of an exception. Its message is omitted, because it may quote the file."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _receive_answer(child: int, reading: int, limits: Limits) -> Answer:
    deadline = time.monotonic() + limits.wall_seconds
    try:
        header, blobs = wire.receive(reading, deadline, limits.answer_bytes)
    except wire.AnswerLate:
        raise Refused("too_slow", "wall clock") from None
    except wire.AnswerTooLong:
        raise Refused("damaged", "answer too long") from None
    except wire.AnswerGarbled:
        raise _exit_refusal(child, deadline) from None
    reason = header.get("refused")
    if reason is None:
        return header, blobs
    raise Refused(str(reason)[:_LONGEST_REASON], str(header.get("detail", ""))[:200])


def _exit_refusal(child: int, deadline: float) -> Refused:
    """Refusal for a child that ended without an answer, by its exit status."""
    while time.monotonic() < deadline:
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is not None:
            return Refused(_CAUSES.get(ended.si_status, "damaged"), f"ended by {ended.si_status}")
        time.sleep(_POLL_SECONDS)
    return Refused("too_slow", "wall clock")


_POLL_SECONDS = 0.005
_LONGEST_REASON = 40
_CAUSES: dict[int, str] = {
    signal.SIGXCPU: "too_slow",
    # The kernel sends SIGKILL if memory runs out.
    signal.SIGKILL: "too_much_memory",
}
"""Signal that ended a child → reason for refusal. Any other signal means that a codec crashed on the file."""


def _kill_and_reap(child: int) -> None:
    """Kill and reap the child. Other child processes are not touched."""
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
        # RLIMIT_NOFILE also prevents sockets, but with another error.
        return {"refused_a_socket": False}, []
    return {"refused_a_socket": False}, []
