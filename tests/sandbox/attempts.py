"""System calls that a hostile child attempts inside the sandbox. The fork server imports this module."""

import ctypes
import errno
import mmap
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intake.sandbox.task import RawAnswer

libc = ctypes.CDLL(None, use_errno=True)


def outcome(attempt: Callable[[], object]) -> RawAnswer:
    try:
        return {"got": str(attempt())}, []
    except OSError as error:
        return {"refused_with": type(error).__name__}, []


def raw(name: str, *arguments: Any) -> Callable[[], None]:
    """Call a C function that returns a negative number when it fails."""

    def attempt() -> None:
        if getattr(libc, name)(*arguments) < 0:
            raise OSError(ctypes.get_errno(), name)

    return attempt


ATTEMPTS: dict[str, Callable[[], object]] = {
    "socket": socket.socket,
    "connect": lambda: libc_connect(),
    "open to read": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "open to write": lambda: os.open("/tmp/escaped", os.O_WRONLY | os.O_CREAT),
    "execve": lambda: os.execv("/bin/true", ["/bin/true"]),
    "fork": os.fork,
    "posix_spawn": lambda: os.posix_spawn("/bin/true", ["/bin/true"], {}),
    "kill": lambda: os.kill(os.getppid(), 0),
    "kill self": lambda: os.kill(os.getpid(), 0),
    "ptrace": raw("ptrace", 0, 0, 0, 0),
    "unlink": lambda: Path("/tmp/no-such-file").unlink(),
    "pipe": os.pipe,
    "setuid": lambda: os.setuid(0),
    "chdir": lambda: os.chdir("/"),
    "stat": lambda: Path("/etc/passwd").stat(),
}


def libc_connect() -> None:
    raw("connect", 3, b"\x02\0\0\x50\x7f\0\0\x01" + bytes(8), 16)()


def attempt(_data: bytes, *, name: str) -> RawAnswer:
    """Run the attempt `name`. Returns its result, or the name of the error that refused it."""
    return outcome(ATTEMPTS[name])


def make_executable(_data: bytes) -> RawAnswer:
    return outcome(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC))


def list_descriptors(_data: bytes) -> RawAnswer:
    return {"open": [number for number in range(64) if is_open(number)]}, []


def is_open(number: int) -> bool:
    """Return whether a descriptor is open. Uses lseek, because the sandbox refuses fstat, which may take a path."""
    try:
        os.lseek(number, 0, os.SEEK_CUR)
    except OSError as error:
        return error.errno == errno.ESPIPE
    return True
