import struct

import pytest

from intake.sandbox import seccomp


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_builds_a_program_whose_jumps_stay_inside(machine: str) -> None:
    ready = seccomp.build(machine)
    assert ready is not None
    steps = list(struct.iter_unpack("=HBBI", ready.program.raw))
    assert len(steps) == struct.unpack_from("@H", ready.header.raw)[0]
    for index, (code, if_true, if_false, _value) in enumerate(steps):
        jump = max(if_true, if_false) if code & 7 == 5 else 0
        assert index + 1 + jump < len(steps) or code == 6
    assert steps[-1][0] == 6


def test_knows_only_the_machines_whose_numbers_it_has() -> None:
    assert seccomp.build("pdp11") is None


def test_both_machines_allow_the_same_calls() -> None:
    # aarch64 has no system call `time`. Programs use `clock_gettime` there.
    assert set(seccomp.X86_64) - {"time"} == set(seccomp.AARCH64)


@pytest.mark.parametrize("name", ["socket", "connect", "open", "openat", "execve", "fork", "kill", "ptrace"])
def test_lists_nothing_that_reaches_outside(name: str) -> None:
    assert name not in seccomp.X86_64
