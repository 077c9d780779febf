"""The child: takes one request, confines itself, runs the task, answers and exits."""

import os
import socket
import traceback
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from intake.sandbox import wire
from intake.sandbox.channel import FAILED, ChildRequest, receive_request, unsealed
from intake.sandbox.confine import ANSWER, confine
from intake.sandbox.refusal import Refused
from intake.sandbox.seccomp import Filter, die_with_parent
from intake.sandbox.task import RawAnswer

_LONGEST_DETAIL = 120


def run(module: ModuleType, channel: socket.socket, parent: int, ready: Filter | None) -> NoReturn:
    """Run the child from fork to exit. It never returns to the server's code."""
    try:
        die_with_parent()
        request = receive_request(channel) if os.getppid() == parent else None
        if request:
            data = _take(request, channel)
            if data is not None:
                confine(request.output, request.limits, ready)
                wire.send(ANSWER, *_answer(module, request, data))
    finally:
        os._exit(0)


def _take(request: ChildRequest, channel: socket.socket) -> bytes | None:
    """Copy the input into memory, without parsing it. A failure is not the input's fault, and is reported on the channel."""
    try:
        return unsealed(request.input)
    except (OSError, MemoryError) as error:
        channel.send(f'{{"{FAILED}": "{type(error).__name__}"}}'.encode())
        return None


def _answer(module: ModuleType, request: ChildRequest, data: bytes) -> RawAnswer:
    """Run the task and report any exception as a refusal, so that the parent receives it."""
    try:
        answer: RawAnswer = getattr(module, request.function)(data, **request.parameters)
    except Refused as refusal:
        return _refusal(refusal.reason, refusal.detail)
    except MemoryError as error:
        return _refusal("too_much_memory", _position(error))
    except BaseException as error:
        return _refusal("damaged", _position(error))
    return answer


def _refusal(reason: str, detail: str) -> RawAnswer:
    return {"refused": reason, "detail": detail[:_LONGEST_DETAIL]}, []


def _position(error: BaseException) -> str:
    """Type and position of an exception. Its message is omitted, because it may quote the file."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
