import os
import resource
import sys
from typing import Any

from intake import sandbox
from intake.sandbox.confine import address_space
from intake.sandbox.limits import Limits


def look(_data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    names = ("RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE", "RLIMIT_AS")
    return {name: resource.getrlimit(getattr(resource, name))[0] for name in names}, []


def test_takes_its_limits(monkeypatch: Any) -> None:
    """Reading the limits is itself refused, so this child runs without the filter."""
    monkeypatch.setattr("intake.sandbox.seccomp.install", lambda _ready: False)
    limits = Limits(memory_bytes=100_000_000, cpu_seconds=3)
    taken, _ = sandbox.run(look, b"", limits=limits)
    assert (taken["RLIMIT_CPU"], taken["RLIMIT_FSIZE"], taken["RLIMIT_NOFILE"], taken["RLIMIT_CORE"]) == (
        3,
        0,
        0,
        0,
    )
    assert taken["RLIMIT_AS"] > limits.memory_bytes


def test_knows_how_much_is_mapped() -> None:
    mapped = address_space()
    assert mapped is not None
    assert mapped > 1_000_000


def test_what_the_child_prints_goes_nowhere(capfd: Any) -> None:
    def speak(_data: bytes) -> tuple[dict[str, Any], list[bytes]]:
        os.write(1, b"43.2389 N")
        os.write(2, b"76.8897 E")
        return {}, []

    sandbox.run(speak, b"")
    assert capfd.readouterr() == ("", "")


def test_the_limit_is_beyond_what_the_child_itself_has_mapped(monkeypatch: Any) -> None:
    """Other threads of the parent may take memory up to the moment of the fork."""
    parent = os.getpid()
    monkeypatch.setattr("intake.sandbox.seccomp.install", lambda _ready: False)
    # The module, which the package hides behind its function of the same name.
    module = sys.modules["intake.sandbox.confine"]
    monkeypatch.setattr(module, "address_space", lambda: 1 << 30 if os.getpid() == parent else 1 << 40)
    taken, _ = sandbox.run(look, b"", limits=Limits(memory_bytes=1000))
    assert taken["RLIMIT_AS"] == (1 << 40) + 1000
