"""What the children print."""

import sys
from collections.abc import Callable

Say = Callable[[str], None]


def say(line: str) -> None:
    """Print a line at once; a terminal that has gone away is no reason to end."""
    try:
        print(line, flush=True)
    except OSError:
        sys.stdout = open("/dev/null", "w")


class Output:
    """A child's output, told line by line with the child's name before it."""

    def __init__(self, name: str, tell: Say) -> None:
        self._name = name
        self._tell = tell
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Take in bytes as they come; tell the lines that are whole."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._line(line)

    def close(self) -> None:
        """Tell what came without a line's end."""
        if self._rest:
            self._line(self._rest)
        self._rest = b""

    def _line(self, raw: bytes) -> None:
        self._tell(f"{self._name:<9} | {raw.decode(errors='replace').rstrip()}")
