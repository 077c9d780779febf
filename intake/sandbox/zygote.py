"""Start of the fork server (`intake/sandbox/server.py`), and requests to it.

The server is started at the first job, and again when it has died. Forked processes share the server of the process
that they come from.
"""

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from intake.sandbox.channel import FAILED, KIND, LOADED, LONGEST
from intake.sandbox.server import FORK, LOAD
from intake.settings import decoder_environment

_BOOT = (
    "import sys; sys.path[:] = sys.argv[3:]; from intake.sandbox.server import main;"
    " main(int(sys.argv[1]), int(sys.argv[2]))"
)


class Zygote:
    """A running fork server. A thread of the process that started it waits for its end and reaps it."""

    def __init__(self) -> None:
        self.user = os.geteuid()
        self.pid = 0
        self.loaded: set[str] = set()
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, KIND)
        failures: list[OSError] = []
        started = threading.Event()
        # The kernel kills the server when the thread that started it ends, so that thread waits for the server.
        threading.Thread(
            target=self._keep, args=(theirs, started, failures), daemon=True, name="zygote"
        ).start()
        started.wait()
        for failure in failures:
            self._connection.close()
            raise failure

    def _keep(self, theirs: socket.socket, started: threading.Event, failures: list[OSError]) -> None:
        """Start the server, wait until it ends, and reap it."""
        try:
            with theirs:
                process = _started(theirs)
            self.pid = process.pid
        except OSError as error:
            failures.append(error)
            return
        finally:
            started.set()
        process.wait()

    def ask(self, kind: bytes, module: str, theirs: socket.socket) -> None:
        """Send a request with one end of a new channel. Raises OSError if the server has ended."""
        socket.send_fds(self._connection, [kind + module.encode()], [theirs.fileno()])

    def close(self) -> None:
        """Close this process's connection. The server exits when the last connection is closed."""
        self._connection.close()


def _started(theirs: socket.socket) -> "subprocess.Popen[bytes]":
    """Start the server as a new program: no environment, no descriptor but the socket, and / as its folder."""
    paths = [str(Path(path).absolute()) for path in sys.path]
    command = [sys.executable, "-I", "-c", _BOOT, str(theirs.fileno()), str(os.getpid()), *paths]
    return subprocess.Popen(
        command,
        env=decoder_environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        close_fds=True,
        pass_fds=(theirs.fileno(),),
    )


_lock = threading.Lock()
_current: Zygote | None = None


def _renew_lock() -> None:
    """Replace the lock in a forked process, because a thread that no longer exists may hold it."""
    global _lock  # noqa: PLW0603 - one server for each process
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_renew_lock)


def current() -> Zygote:
    """The server of this process, which is started if there is none. Raises OSError.

    A process that has changed its user since the start of the server gets a new server.
    """
    global _current  # noqa: PLW0603 - as above
    with _lock:
        if _current is None or _current.user != os.geteuid():
            _drop()
            _current = Zygote()
        return _current


def _drop() -> None:
    global _current  # noqa: PLW0603 - as above
    if _current:
        _current.close()
    _current = None


def _replace(dead: Zygote) -> None:
    """Forget a server that is gone, unless another thread has replaced it."""
    with _lock:
        if _current is dead:
            _drop()


@contextlib.contextmanager
def channel(module: str) -> Iterator[socket.socket]:
    """Channel to a new child, which is killed at the end of the block. Raises OSError if there can be no child."""
    load(module)
    with _asked(FORK, module) as ours:
        yield ours


def load(module: str) -> None:
    """Have the server import and prepare a module, unless it has. Raises OSError if that fails."""
    server = current()
    if module in server.loaded:
        return
    with _asked(LOAD, module) as ours:
        found = report(ours, None)
    if LOADED not in found:
        raise OSError(f"the sandbox could not load {module}: {found.get(FAILED, 'it ended')}")
    server.loaded.add(module)


@contextlib.contextmanager
def _asked(kind: bytes, module: str) -> Iterator[socket.socket]:
    """This process's end of a new channel, whose other end was sent to the server with the request."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, KIND)
    with ours:
        with theirs:
            server = current()
            try:
                server.ask(kind, module, theirs)
            except OSError:
                _replace(server)
                current().ask(kind, module, theirs)
        yield ours


def report(channel: socket.socket, timeout: float | None) -> dict[str, object]:
    """Report of the server on a job. Empty if the server is gone. Raises TimeoutError."""
    channel.settimeout(timeout)
    try:
        told = channel.recv(LONGEST)
    except ConnectionResetError:
        # The child ended before it read the request. Linux raises this error first, and the next call returns the report.
        told = channel.recv(LONGEST)
    found: dict[str, object] = json.loads(told) if told else {}
    return found


def _close_at_exit() -> None:
    # A forked process closes only its own connection. The server goes on for the parent.
    if _current:
        _current.close()


atexit.register(_close_at_exit)
