"""SQLAlchemy engines that outlive a test, with their connections.

An engine remembers compiled statements, and compiling them anew costs 30 ms a test. A new connection costs 15 ms.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

_POOLED: dict[int, Any] = {}
"""Process number at the server → a connection of an engine."""


def pooled() -> list[int]:
    """Return the server's process numbers of the open connections of all engines."""
    return [number for number, connection in _POOLED.items() if not connection.closed]


_READING = ("SELECT", "SHOW", "SET", "LISTEN")
_written = [0]


def written() -> int:
    """Return how many statements this process has sent that may have written rows."""
    return _written[0]


class Engines:
    """Makes one engine for each address and set of options.

    Each call returns a view of that engine. Listeners that a test adds to a view are gone with the view.
    """

    def __init__(self, create: Callable[..., Engine]) -> None:
        self._create = create
        self._made: dict[tuple[str, str], Engine] = {}

    def create(self, url: str, **options: Any) -> Engine:
        """Replace `sqlalchemy.create_engine`, with the same arguments."""
        key = (url, repr(options))
        if key not in self._made:
            self._made[key] = self._create(url, **options)
            event.listen(self._made[key], "connect", _remember)
            event.listen(self._made[key], "before_cursor_execute", _count)
        return self._made[key].execution_options()


def _count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    _written[0] += not statement.lstrip().startswith(_READING)


def _remember(connection: Any, _record: Any) -> None:
    for number in [number for number, known in _POOLED.items() if known.closed]:
        del _POOLED[number]
    _POOLED[connection.info.backend_pid] = connection
