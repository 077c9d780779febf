"""Kinds of work that a sandboxed child does, and the size limits of their answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from intake.sandbox.limits import MB

if TYPE_CHECKING:
    from intake.sandbox.answers import ChildAnswer

RawAnswer = tuple[dict[str, Any], list[bytes]]
ChildFunction = Callable[..., RawAnswer]
"""Function that runs in the child on bytes and the task's parameters.

Returns a JSON-able header and blobs. May raise Refused.
"""
AnswerT = TypeVar("AnswerT", bound="ChildAnswer")


@dataclass(frozen=True)
class Room:
    """Limits on the parts of an answer, besides the limit on its total size. A larger answer is refused before it is read."""

    header_bytes: int = MB
    least_blobs: int = 0
    most_blobs: int = 0
    blob_bytes: int = 512 * MB
    """Maximum size of each blob."""


@dataclass(frozen=True)
class ChildTask(Generic[AnswerT]):
    """A task by the names of its module and function, because the process that forks the child imports them itself.

    If the module has a function `prepare`, it is called once, before the first child is forked.
    """

    module: str
    function: str
    answer: type[AnswerT]
    """Schema of the answer's header."""
    room: Room = Room()

    @property
    def name(self) -> str:
        """Module and function, for logs."""
        return f"{self.module}:{self.function}"
