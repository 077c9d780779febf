"""Between the writer of the ZIP and the web server."""

from io import RawIOBase
from typing import Any


class Pipe(RawIOBase):
    """What the ZIP writer writes to and the web server reads from."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Keep `data` until the next `drain`."""
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def drain(self) -> bytes:
        """What was written since the last call."""
        data, self._parts = b"".join(self._parts), []
        return data
