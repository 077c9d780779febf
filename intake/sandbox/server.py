"""Fork server: a small process that holds no key and forks a child for each file or text.

A fresh Python program runs it (`intake/sandbox/zygote.py` starts it), so its memory has never held what its starter
knows. It imports the decoders once, so that a child costs a fork only. It reads no byte of any file.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
from functools import cache
from types import ModuleType
from typing import NoReturn

from intake.sandbox import child, seccomp
from intake.sandbox.channel import ENDED, FAILED, KIND, LOADED

LONGEST_NAME = 200
LOAD, FORK = b"load ", b"fork "
_IGNORED = (
    signal.SIGINT,
    signal.SIGTERM,
    signal.SIGQUIT,
    signal.SIGHUP,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGPIPE,
)
"""Signals meant for the parent process. The parent stops this server by closing the connection."""


class ChildServer:
    """Forks children on request and reaps them. Kills a child when the process that waits for it is gone."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._filter = seccomp.build()
        self._channels: dict[int, socket.socket] = {}
        """Child → channel to the process that waits for it."""
        self._handles: dict[int, int] = {}
        """Handle (pidfd) → child."""
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)

    def serve(self) -> None:
        """Serve until all processes that may ask have closed the connection."""
        while True:
            ready = {descriptor for descriptor, _ in self._poll.poll()}
            # Reap before accepting, because a new channel may get the descriptor number of a channel that is closed here.
            for handle in ready & self._handles.keys():
                self._reap(handle)
            for pid, channel in self._channels.items():
                if channel.fileno() in ready:
                    self._kill_abandoned(pid, channel)
            if self._connection.fileno() in ready and not self._accept():
                return

    def _accept(self) -> bool:
        """Take one message. Returns False at the end of the connection."""
        told, descriptors, _, _ = socket.recv_fds(self._connection, LONGEST_NAME, 1)
        if not told:
            return False
        for descriptor in descriptors:
            channel = socket.socket(socket.AF_UNIX, KIND, fileno=descriptor)
            try:
                self._answer(told, channel)
            except Exception as error:
                _report(channel, FAILED, type(error).__name__)
                channel.close()
        return True

    def _answer(self, told: bytes, channel: socket.socket) -> None:
        module = load(told[len(FORK) :].decode())
        if told.startswith(LOAD):
            _report(channel, LOADED, True)
            channel.close()
            return
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            child.run(module, channel, parent, self._filter)
        self._channels[pid] = channel
        handle = os.pidfd_open(pid)
        self._handles[handle] = pid
        self._poll.register(handle, select.POLLIN)
        # No events: poll always reports that the other end was closed.
        self._poll.register(channel, 0)

    def _reap(self, handle: int) -> None:
        pid = self._handles.pop(handle)
        channel = self._channels.pop(pid)
        self._poll.unregister(handle)
        os.close(handle)
        with contextlib.suppress(KeyError):
            self._poll.unregister(channel)
        _, status = os.waitpid(pid, 0)
        _report(channel, ENDED, os.waitstatus_to_exitcode(status))
        channel.close()

    def _kill_abandoned(self, pid: int, channel: socket.socket) -> None:
        """Kill a child whose channel the other process has closed. It is reaped in a later round."""
        self._poll.unregister(channel)
        # Only this process reaps the child, so its process id cannot have been reused yet.
        os.kill(pid, signal.SIGKILL)


@cache
def load(name: str) -> ModuleType:
    """Import a module and prepare it, once. Children then share its memory."""
    module = importlib.import_module(name)
    prepare = getattr(module, "prepare", None)
    if prepare:
        prepare()
    gc.collect()
    # Garbage collection in a child would otherwise copy the pages that it shares with this process.
    gc.freeze()
    return module


def _report(channel: socket.socket, key: str, value: object) -> None:
    # The other process may be gone.
    with contextlib.suppress(OSError):
        channel.send(json.dumps({key: value}).encode())


def main(descriptor: int, starter: int) -> NoReturn:
    """Serve on the socket `descriptor` for the process `starter`, and exit with it."""
    seccomp.die_with_parent()
    for number in _IGNORED:
        signal.signal(number, signal.SIG_IGN)
    if os.getppid() == starter:
        ChildServer(socket.socket(socket.AF_UNIX, KIND, fileno=descriptor)).serve()
    # Children die with this process: PR_SET_PDEATHSIG.
    os._exit(0)
