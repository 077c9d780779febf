import os
import resource
from collections.abc import Callable
from typing import Any

import pytest

from intake.sandbox.confine import address_space, confine
from intake.sandbox.limits import Limits
from tests.sandbox import tasks

NAMES = ("RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE", "RLIMIT_AS")


def confined(limits: Limits, look: Callable[[], list[int]]) -> list[int]:
    """Numbers that `look` returns in a confined process without the seccomp filter, which forbids reading limits."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            confine(writing, limits, None)
            os.write(3, repr(look()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    found: list[int] = [int(word) for word in told.decode().strip("[]").split(",")]
    return found


def test_takes_its_limits() -> None:
    limits = Limits(memory_bytes=100_000_000, cpu_seconds=3)
    cpu, files, descriptors, core, memory = confined(
        limits, lambda: [resource.getrlimit(getattr(resource, name))[0] for name in NAMES]
    )
    assert (cpu, files, descriptors, core) == (3, 0, 0, 0)
    assert memory > limits.memory_bytes


def test_knows_how_much_is_mapped() -> None:
    mapped = address_space()
    assert mapped is not None
    assert mapped > 1_000_000


def test_what_the_child_prints_goes_nowhere(capfd: Any) -> None:
    tasks.run(tasks.speak)
    assert capfd.readouterr() == ("", "")


def test_the_limit_is_beyond_what_the_child_itself_has_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory limit is added to the address space in use, so that the child's own mappings do not use it up."""
    monkeypatch.setattr("intake.sandbox.confine.address_space", lambda: 1 << 40)
    limits = Limits(memory_bytes=1000)
    assert confined(limits, lambda: [resource.getrlimit(resource.RLIMIT_AS)[0]]) == [(1 << 40) + 1000]
