"""One child: a program in a session of its own."""

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
class Spec:
    """One program to keep running, or with `once` to run to its end before the next is started.

    `prepare` runs before every start and may raise CannotStart; `ready` is asked again and again until it says yes, for
    `patience` seconds at most. `stop_signal` asks the program to end; after `grace` seconds its whole group is killed.
    A spec that is not `needed`, asked when its turn comes, is passed over.
    Its output is printed, or goes to the file `log`. `advice` ends the sentence that reports a failed start.
    """

    name: str
    argv: list[str]
    prepare: Callable[[], object] | None = None
    ready: Callable[[], bool] | None = None
    patience: float = 60
    stop_signal: int = signal.SIGTERM
    grace: float = 1.0
    log: Path | None = None
    once: bool = False
    needed: Callable[[], bool] | None = None
    advice: str = "its lines above say why"


class Process:
    """A running child. Its output is at `output` (a descriptor that does not block), or None if it goes to a log.

    Whoever starts one calls `end` in the end: until then its number, and that of its group, are not given to another.
    """

    def __init__(self, spec: Spec) -> None:
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
        """Seconds since it was started."""
        return time.monotonic() - self.started

    def exited(self) -> bool:
        """Whether it has ended; it stays unreaped."""
        return os.waitid(os.P_PIDFD, self.handle, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def ask(self) -> None:
        """Ask it to end."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, self.spec.stop_signal)

    def end(self, drain: Callable[[], object] = lambda: None) -> int:
        """Kill whatever is left of its group; its exit code, negative for a signal. `drain` may read the last output."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        code = self._popen.wait()
        drain()
        os.close(self.handle)
        if self._popen.stdout:
            self._popen.stdout.close()
        return code


def _launch(spec: Spec) -> "subprocess.Popen[bytes]":
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
    """Open the log to add to it; a long one is put aside first, over the one before."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_SIZE:
        path.replace(path.with_suffix(".old"))
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))
