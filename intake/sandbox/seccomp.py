"""Allow-list of system calls, as a seccomp filter in classic BPF (Linux, x86-64 and aarch64).

Other calls fail with EPERM: no socket, no open, no new process, no signal to another process. Some codecs try to
read /proc and continue without it, so killing the process would refuse good photos. Threads are allowed, because
libheif decodes in a thread and fails without one. Threads end with the process and share its limits.
"""

import ctypes
import platform
import struct
from typing import NamedTuple

X86_64 = {
    "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "writev": 20, "sched_yield": 24, "mremap": 25,
    "madvise": 28, "getpid": 39, "exit": 60, "getcwd": 79, "gettimeofday": 96, "getrusage": 98, "gettid": 186, "time": 201,
    "futex": 202, "sched_getaffinity": 204, "clock_gettime": 228, "clock_getres": 229, "exit_group": 231,
    "set_robust_list": 273, "getrandom": 318, "rseq": 334,
}  # fmt: skip
AARCH64 = {
    "read": 63, "write": 64, "close": 57, "fstat": 80, "lseek": 62, "mmap": 222, "mprotect": 226, "munmap": 215,
    "brk": 214, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "writev": 66, "sched_yield": 124,
    "mremap": 216, "madvise": 233, "getpid": 172, "exit": 93, "getcwd": 17, "gettimeofday": 169, "getrusage": 165,
    "gettid": 178, "futex": 98, "sched_getaffinity": 123, "clock_gettime": 113, "clock_getres": 114, "exit_group": 94,
    "set_robust_list": 99, "getrandom": 278, "rseq": 293,
}  # fmt: skip
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
"""Number of the system call clone3. Its flags are in memory, which a filter cannot read.

The filter lets clone3 fail with ENOSYS, and the C library then falls back to clone.
"""

MAKES_EXECUTABLE = ("mmap", "mprotect")
"""Calls that may map memory, but not executable memory. The filter checks their third argument."""

# Constants of linux/audit.h, linux/filter.h, linux/seccomp.h and linux/prctl.h
_MACHINES = {"x86_64": (0xC000003E, X86_64), "aarch64": (0xC00000B7, AARCH64)}
_LOAD, _EQUAL, _BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT, _THIRD_ARGUMENT = 0, 4, 16, 32
_ALLOW, _REFUSE, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000  # EPERM is 1, ENOSYS 38
_PROT_EXEC, _CLONE_THREAD = 4, 0x10000
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 4, 38, 22, 2


class Filter(NamedTuple):
    """A compiled filter. `program` keeps the memory alive that `header` points to."""

    header: ctypes.Array[ctypes.c_char]
    program: ctypes.Array[ctypes.c_char]


def build(machine: str | None = None) -> Filter | None:
    """Compile the filter for `machine`, by default for this one. Returns None for an unknown architecture."""
    machine = machine or platform.machine()
    if platform.system() != "Linux" or machine not in _MACHINES:
        return None
    audit, calls = _MACHINES[machine]
    code = b"".join(_program(audit, calls, CLONE[machine]))
    program = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(code) // 8, ctypes.addressof(program))
    return Filter(ctypes.create_string_buffer(header, len(header)), program)


def _program(audit: int, calls: dict[str, int], clone: int) -> list[bytes]:
    """BPF instructions of the filter.

    They kill a process of another architecture, and allow `calls`. For mmap, mprotect and clone, an argument
    decides. All other calls are refused.
    """
    steps = [_step(_LOAD, _MACHINE), _step(_EQUAL, audit, 1, 0), _step(_RETURN, _KILL), _step(_LOAD, _NUMBER)]
    for name, number in sorted(calls.items()):
        if name in MAKES_EXECUTABLE:
            steps += _if_bits(number, _THIRD_ARGUMENT, _PROT_EXEC, _REFUSE, _ALLOW)
        else:
            steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    steps += _if_bits(clone, _FIRST_ARGUMENT, _CLONE_THREAD, _ALLOW, _REFUSE)
    steps += [_step(_EQUAL, CLONE3, 0, 1), _step(_RETURN, _UNKNOWN)]
    return [*steps, _step(_RETURN, _REFUSE)]


def _if_bits(call: int, argument: int, bits: int, then: int, otherwise: int) -> list[bytes]:
    """For `call`, return `then` if the argument has one of the bits, else `otherwise`. Other calls fall through."""
    return [
        _step(_EQUAL, call, 0, 4),
        _step(_LOAD, argument),
        _step(_BITS, bits, 0, 1),
        _step(_RETURN, then),
        _step(_RETURN, otherwise),
    ]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


_libc = ctypes.CDLL(None, use_errno=True)


def install(ready: Filter) -> bool:
    """Install the filter on this process, permanently. Returns False if the kernel refuses it."""
    return bool(_libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ready.header, 0, 0) == 0)


def deny_new_privileges() -> None:
    """Deny privileges from set-user-id programs, and hide this process's memory from other processes.

    Neither can be undone.
    """
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends (PR_SET_PDEATHSIG)."""
    _libc.prctl(1, 9, 0, 0, 0)
