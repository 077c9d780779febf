"""Sandbox: one child process for each file or text, which may only compute and send an answer to its parent.

The child is forked from a server (`server.py`) that was started as a fresh program and holds no key. The server has
imported everything that the task needs, so a child starts in milliseconds and opens no files. Before the child looks
at its input, it closes every descriptor but the pipe, lowers its limits, and installs a seccomp filter. The child
answers in JSON and bytes, which `answers.py` checks against the schema of the task.
"""

import contextlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from intake.sandbox import answers, wire, zygote
from intake.sandbox.answers import ChildAnswer
from intake.sandbox.channel import ENDED, FAILED, ChildRequest, sealed, send_request
from intake.sandbox.limits import Limits
from intake.sandbox.refusal import Refused
from intake.sandbox.task import AnswerT, ChildTask


class ProbeAnswer(ChildAnswer):
    """Answer of a child that tried to open a socket."""

    refused_a_socket: bool


PROBE = ChildTask("intake.sandbox.probe", "try_a_socket", ProbeAnswer)


@cache
def strength() -> Literal["full", "limits only"]:
    """Strength of the sandbox: system calls filtered, or only memory and time limited.

    Determined by a child that tries to open a socket.
    """
    answer, _ = run(PROBE, b"")
    return "full" if answer.refused_a_socket else "limits only"


def load(*tasks: ChildTask[Any]) -> None:
    """Load the modules of tasks, so that the first file does not wait for the imports. Raises OSError."""
    for task in tasks:
        zygote.load(task.module)


def run(
    task: ChildTask[AnswerT], data: bytes, *, limits: Limits | None = None, **parameters: Any
) -> tuple[AnswerT, list[bytes]]:
    """Run a task on `data` in a child and return its checked answer. `parameters` are values that JSON can hold.

    Raises Refused if the task raises it. Also raises Refused if the child crashed (damaged), ran
    too long (too_slow) or used too much memory (too_much_memory). Raises AnswerRefused if the answer breaks the limits
    of the task. Raises OSError if no child can be started. The input is then not at fault, so retry later.
    """
    limits = limits or Limits()
    with zygote.channel(task.module) as channel, _pipe() as (reading, writing):
        _send(channel, task, data, limits, parameters, writing)
        os.close(writing.pop())
        header, blobs = _receive(task, channel, reading, limits)
    return answers.check(task, header), blobs


@contextlib.contextmanager
def _pipe() -> Iterator[tuple[int, list[int]]]:
    """Yield the reading end of a new pipe, and a list with the writing end. The caller pops the latter to close it."""
    reading, writing = os.pipe()
    still_open = [writing]
    try:
        wire.enlarge_pipe(writing)
        yield reading, still_open
    finally:
        for descriptor in (reading, *still_open):
            os.close(descriptor)


def _send(
    channel: socket.socket,
    task: ChildTask[Any],
    data: bytes,
    limits: Limits,
    parameters: dict[str, Any],
    writing: list[int],
) -> None:
    given = sealed(data)
    try:
        send_request(channel, ChildRequest(task.function, parameters, limits, given, writing[0]))
    finally:
        os.close(given)


def _receive(
    task: ChildTask[Any], channel: socket.socket, reading: int, limits: Limits
) -> tuple[dict[str, Any], list[bytes]]:
    deadline = time.monotonic() + limits.wall_seconds
    try:
        return wire.receive(reading, deadline, limits.answer_bytes, task.room)
    except wire.AnswerLate:
        raise Refused("too_slow", "wall clock") from None
    except wire.AnswerTooLong:
        raise answers.refuse(task, "too long") from None
    except wire.AnswerGarbled:
        raise _failure(task, channel, deadline) from None


def _failure(task: ChildTask[Any], channel: socket.socket, deadline: float) -> Refused:
    """Refusal for a child that ended without a valid answer, by its exit status. Raises OSError if there was no child."""
    try:
        report = zygote.report(channel, max(0.001, deadline - time.monotonic()))
    except TimeoutError:
        return Refused("too_slow", "wall clock")
    status = report.get(ENDED)
    if not isinstance(status, int):
        raise OSError(f"no child in the sandbox: {report.get(FAILED, 'its server ended')}")
    if status == 0:
        return answers.refuse(task, "malformed")
    return Refused(_CAUSES.get(-status, "damaged"), f"ended by {abs(status)}")


_CAUSES: dict[int, str] = {
    signal.SIGXCPU: "too_slow",
    # The kernel sends SIGKILL if memory runs out.
    signal.SIGKILL: "too_much_memory",
}
"""Signal that ended a child → reason for refusal. Any other signal means that a codec crashed on the file."""
