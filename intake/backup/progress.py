"""Telling somebody who waits how far a backup is."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Hands on `items` one by one and may tell how many are done; `label` says of what."""

    def __call__(self, label: str, items: Sequence[T], /) -> Iterator[T]:
        """The same items, in their order."""
        ...


def no_progress(_label: str, items: Sequence[T], /) -> Iterator[T]:
    """Nobody waits."""
    yield from items
