"""Tasks for tests, and children that forge their answers. The fork server imports this module, so it imports little."""

import base64
import ctypes
import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ConfigDict

from intake import sandbox
from intake.sandbox.answers import ChildAnswer
from intake.sandbox.confine import ANSWER
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import Refused
from intake.sandbox.task import ChildTask, RawAnswer, Room

AnswerT = TypeVar("AnswerT", bound=ChildAnswer)


class AnyAnswer(ChildAnswer):
    """An answer with any fields."""

    model_config = ConfigDict(extra="allow")


def task_of(function: Callable[..., RawAnswer]) -> ChildTask[AnyAnswer]:
    """Task that runs a function of a test module."""
    return ChildTask(function.__module__, function.__name__, AnyAnswer, Room(most_blobs=10))


def run(
    function: Callable[..., RawAnswer], data: bytes = b"", limits: Limits | None = None, **parameters: Any
) -> RawAnswer:
    """Run a function of a test module in a child, and return its header and blobs."""
    answer, blobs = sandbox.run(task_of(function), data, limits=limits, **parameters)
    return answer.model_extra or {}, blobs


def forged(task: ChildTask[AnswerT]) -> ChildTask[AnswerT]:
    """Copy of a task whose child sends its input as the answer. Make the input with `lie`."""
    return replace(task, module=__name__, function="say")


def lie(header: Any, *blobs: bytes) -> bytes:
    """Input that makes the child of a forged task answer with this header and these blobs."""
    return json.dumps(
        {"header": header, "blobs": [base64.b64encode(blob).decode() for blob in blobs]}
    ).encode()


def say(data: bytes, **_: Any) -> RawAnswer:
    """Answer with the input."""
    told = json.loads(data)
    return told["header"], [base64.b64decode(blob) for blob in told["blobs"]]


def say_raw(data: bytes, **_: Any) -> RawAnswer:
    """Send the input unchanged to the parent, without framing, and exit with status 0."""
    os.write(ANSWER, data)
    os._exit(0)


def echo(data: bytes) -> RawAnswer:
    return {"length": len(data)}, [data, b""]


def spin(_data: bytes, **_: Any) -> RawAnswer:
    while True:
        pass


def wait(_data: bytes, **_: Any) -> RawAnswer:
    threading.Event().wait()
    return {}, []


def close_and_wait(data: bytes) -> RawAnswer:
    os.close(ANSWER)
    return wait(data)


def swell(_data: bytes, *, size: int) -> RawAnswer:
    return {"length": len(bytearray(size))}, []


def crash(_data: bytes, **_: Any) -> RawAnswer:
    ctypes.string_at(0)
    return {}, []


def leave(_data: bytes, *, status: int) -> RawAnswer:
    os._exit(status)


def talk(_data: bytes) -> RawAnswer:
    return {}, [bytes(4 * MB)]


def fail(_data: bytes) -> RawAnswer:
    raise RuntimeError("43.2389 N")


def refuse(_data: bytes, *, reason: str, detail: str = "") -> RawAnswer:
    raise Refused(reason, detail)


def speak(_data: bytes) -> RawAnswer:
    os.write(1, b"43.2389 N")
    os.write(2, b"76.8897 E")
    return {}, []


def open_a_file(_data: bytes, **_: Any) -> RawAnswer:
    os.close(os.open("/etc/passwd", os.O_RDONLY))
    return {}, []
