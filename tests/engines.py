"""SQLAlchemy engines that outlive a test: an engine remembers compiled statements, and compiling them anew costs 30 ms a test."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine


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
        return self._made[key].execution_options()
