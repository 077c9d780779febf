"""Answers of the fork server, run in a thread of this process. test_zygote.py tests it with children."""

import gc
import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from intake.sandbox import server
from intake.sandbox.channel import FAILED, KIND, LOADED
from intake.sandbox.server import FORK, LOAD, ChildServer

NAME = "a_module_of_a_test"
Ask = Callable[[bytes], dict[str, Any]]


@pytest.fixture(autouse=True)
def _not_frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the server from freezing the objects of the test process (gc.freeze), and clear its cache of modules."""
    monkeypatch.setattr(gc, "freeze", lambda: None)
    yield
    server.load.cache_clear()


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Calls of `prepare` in the module NAME."""
    calls: list[str] = []
    module = ModuleType(NAME)
    module.prepare = lambda: calls.append(NAME)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, NAME, module)
    return calls


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Function that sends a request to a server and returns its report. The server ends after the test."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, KIND)
    thread = threading.Thread(target=ChildServer(theirs).serve)
    thread.start()

    def request(message: bytes) -> dict[str, Any]:
        channel, far = socket.socketpair(socket.AF_UNIX, KIND)
        channel.settimeout(20)
        with channel:
            with far:
                socket.send_fds(ours, [message], [far.fileno()])
            report: dict[str, Any] = json.loads(channel.recv(1000))
            assert channel.recv(1000) == b"", "the server closes its end"
            return report

    yield request
    ours.close()
    thread.join(20)
    assert not thread.is_alive(), "the server goes on without anybody who may ask"
    theirs.close()


def test_a_module_is_loaded_and_prepared_once(ask: Ask, prepared: list[str]) -> None:
    for _ in range(2):
        assert ask(LOAD + NAME.encode()) == {LOADED: True}
    assert prepared == [NAME]


def test_a_module_without_preparation() -> None:
    assert server.load("json") is json


@pytest.mark.parametrize("kind", [LOAD, FORK])
def test_a_fault_is_reported_by_its_kind_alone_and_the_server_goes_on(
    ask: Ask, prepared: list[str], kind: bytes
) -> None:
    assert ask(kind + b"no_such_module_anywhere") == {FAILED: "ModuleNotFoundError"}
    assert ask(kind + b"\xff") == {FAILED: "UnicodeDecodeError"}
    assert ask(LOAD + NAME.encode()) == {LOADED: True}


def test_who_does_not_wait_for_the_report_harms_nobody(ask: Ask, prepared: list[str]) -> None:
    channel, far = socket.socketpair(socket.AF_UNIX, KIND)
    channel.close()
    with far:
        server._report(far, FAILED, "OSError")
    assert ask(LOAD + NAME.encode()) == {LOADED: True}
