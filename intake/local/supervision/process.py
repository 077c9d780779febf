"""Child process of the supervisor, in its own session."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LOG_SIZE = 5_000_000


@dataclass(frozen=True, eq=False)
class ProcessSpec:
    """Program that the supervisor keeps running, or with `once` runs to its end before the next one starts.

    `prepare` runs before every start and may raise CannotStart. `ready` is polled after the first start,
    until it returns True. The start fails if the program is not ready, or with `once` not complete, after
    `grace_seconds`. `stop_signal` asks the program to end. `grace` seconds later its process group is killed.
    If `needed` returns False when the supervisor reaches the program, the program is not started. Output is
    printed, or goes to the file `log`. `advice` ends the sentence that reports a failed start.
    """

    name: str
    argv: list[str]
    prepare: Callable[[], object] | None = None
    ready: Callable[[], bool] | None = None
    grace_seconds: float = 60
    stop_signal: int = signal.SIGTERM
    grace: float = 1.0
    log: Path | None = None
    once: bool = False
    needed: Callable[[], bool] | None = None
    advice: str = "see its output above"


class ChildProcess:
    """Child process. `output` is a non-blocking file descriptor, or None if the output goes to a log.

    The caller must call `end`. Until `end` is called, no other process gets the process id or group id.
    """

    def __init__(self, spec: ProcessSpec) -> None:
        self.spec = spec
        self.started = time.monotonic()
        self._popen = _launch(spec)
        self.pid = self._popen.pid
        self.output = self._popen.stdout.fileno() if self._popen.stdout else None
        self.handle = os.pidfd_open(self.pid)
        if self.output is not None:
            os.set_blocking(self.output, False)

    @property
    def age(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def exited(self) -> bool:
        """Return whether the child has ended. An ended child stays a zombie process until `end` is called."""
        return os.waitid(os.P_PIDFD, self.handle, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def ask_to_stop(self) -> None:
        """Send the stop signal."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, self.spec.stop_signal)

    def end(self, drain: Callable[[], object] = lambda: None) -> int:
        """Kill what still runs of the process group. Returns the exit code, negative for a signal.

        `drain` is called after the end of the child, to read its last output.
        """
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        code = self._popen.wait()
        drain()
        os.close(self.handle)
        if self._popen.stdout:
            self._popen.stdout.close()
        return code


def _launch(spec: ProcessSpec) -> "subprocess.Popen[bytes]":
    with contextlib.ExitStack() as stack:
        sink = stack.enter_context(_open_log(spec.log)) if spec.log else subprocess.PIPE
        return subprocess.Popen(
            spec.argv,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            bufsize=0,
        )


def _open_log(path: Path) -> IO[bytes]:
    """Open a log for appending. A log over LOG_SIZE bytes is first renamed to `.old`, replacing that file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_SIZE:
        path.replace(path.with_suffix(".old"))
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))
