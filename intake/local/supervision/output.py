"""What the children print."""

import json
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

    def __init__(self, name: str, tell: Say, form: str = "plain") -> None:
        self._name = name
        self._tell = tell
        self._form = form
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
        line = raw.decode(errors="replace").rstrip()
        self._tell(in_json(self._name, line) if self._form == "json" else f"{self._name:<9} | {line}")


def in_json(name: str, line: str) -> str:
    """A child's line with its name as `process`; what is no object of ours, such as a server's own line, as `message`."""
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    return json.dumps({"process": name, **(told if isinstance(told, dict) else {"message": line})})
