"""Progress display of a backup or restore."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class ProgressDisplay(Protocol):
    """Callable that yields `items` and may show how many of them are done. `label` names the step."""

    def __call__(self, label: str, items: Sequence[T], /) -> Iterator[T]:
        """Yield the items in order."""
        ...


def no_progress(_label: str, items: Sequence[T], /) -> Iterator[T]:
    """Yield the items without a display."""
    yield from items
