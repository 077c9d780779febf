"""Channel of one job, between a process and the child that the fork server forks for the job.

1. The process sends one end of the channel to the server, with the name of the module. The server forks a child.
2. The process sends the child a request, with the descriptors of the input and of the pipe for the answer.
3. The child takes both, and closes the channel before it reads a byte of the input.
4. The server sends a report on the channel when the child has ended. If the process closes the channel before that,
   the server kills the child.

Messages are JSON. SOCK_SEQPACKET keeps them whole, also if several threads and processes share a socket.
"""

import fcntl
import json
import os
import socket
from dataclasses import dataclass
from typing import Any

from intake.sandbox.limits import Limits

KIND = socket.SOCK_SEQPACKET
LONGEST = 128 * 1024
"""Maximum size of a message in bytes."""

LOADED, ENDED, FAILED = "loaded", "ended", "failed"
"""Keys of reports. `ended` has the exit status of the child, negative for a signal. `failed` has the name of an exception."""


@dataclass(frozen=True)
class ChildRequest:
    """A job for a child, and the descriptors of its input and of the pipe for its answer."""

    function: str
    parameters: dict[str, Any]
    limits: Limits
    input: int
    output: int


def send_request(channel: socket.socket, request: ChildRequest) -> None:
    """Send a request to the child. Raises OSError, also if the parameters are too long."""
    limits = request.limits
    told = json.dumps(
        {
            "function": request.function,
            "parameters": request.parameters,
            "limits": [limits.memory_bytes, limits.cpu_seconds, limits.wall_seconds, limits.answer_bytes],
        }
    ).encode()
    if len(told) > LONGEST:
        raise OSError("parameters too long for a child")
    socket.send_fds(channel, [told], [request.input, request.output])


def receive_request(channel: socket.socket) -> ChildRequest | None:
    """Wait for the request, in the child. Returns None if the other process is gone."""
    told, descriptors, _, _ = socket.recv_fds(channel, LONGEST, 2)
    if not told:
        return None
    fields = json.loads(told)
    return ChildRequest(fields["function"], fields["parameters"], Limits(*fields["limits"]), *descriptors)


def sealed(data: bytes) -> int:
    """Copy bytes into memory that no process can change. Returns its descriptor, which the caller closes."""
    descriptor = os.memfd_create("input", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        fcntl.fcntl(
            descriptor,
            fcntl.F_ADD_SEALS,
            fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL,
        )
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def unsealed(descriptor: int) -> bytes:
    """Read all that `sealed` has stored."""
    size = os.fstat(descriptor).st_size
    parts, at = [], 0
    while at < size:
        part = os.pread(descriptor, size - at, at)
        if not part:
            raise OSError("input ended early")
        parts.append(part)
        at += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
