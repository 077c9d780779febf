"""Output of the supervisor's children."""

import json
import sys
from collections.abc import Callable

Say = Callable[[str], None]


def say(line: str) -> None:
    """Print a line immediately. If the terminal is gone, continue without output."""
    try:
        print(line, flush=True)
    except OSError:
        sys.stdout = open("/dev/null", "w")


class Output:
    """Output of a child. Passes each line to `tell`, with the name of the child.

    `form` is plain or json.
    """

    def __init__(self, name: str, tell: Say, form: str = "plain") -> None:
        self._name = name
        self._tell = tell
        self._form = form
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Add bytes that were read from the child, and pass on all complete lines."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._line(line)

    def close(self) -> None:
        """Pass on the last line if it has no line end."""
        if self._rest:
            self._line(self._rest)
        self._rest = b""

    def _line(self, raw: bytes) -> None:
        line = raw.decode(errors="replace").rstrip()
        self._tell(as_json(self._name, line) if self._form == "json" else f"{self._name:<9} | {line}")


def as_json(name: str, line: str) -> str:
    """Add the member `process` to a JSON line of a child.

    A line that is no JSON object, such as a line of PostgreSQL, becomes an object with the member `message`.
    """
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    return json.dumps({"process": name, **(told if isinstance(told, dict) else {"message": line})})
