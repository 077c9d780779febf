"""Task that tries what the sandbox forbids."""

import socket

from intake.sandbox.task import RawAnswer


def try_a_socket(_data: bytes) -> RawAnswer:
    """Return whether opening a socket was refused by the filter."""
    try:
        socket.socket().close()
    except PermissionError:
        return {"refused_a_socket": True}, []
    except OSError:
        # RLIMIT_NOFILE also prevents sockets, but with another error.
        return {"refused_a_socket": False}, []
    return {"refused_a_socket": False}, []
