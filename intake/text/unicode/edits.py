"""Changes of single characters in a text that is split into runs."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class CharacterEdit(NamedTuple):
    """Replacement for the character at `place`. An empty `new` removes it.

    `kind` is the kind of change for the report, or "" if the report is silent about it.
    """

    place: int
    new: str
    kind: str = ""


def apply(runs: Sequence[str], edits: Sequence[CharacterEdit]) -> Iterator[str]:
    """Return the runs with the edits applied. Places of edits ascend and count from the start of the first run."""
    offset, rest = 0, deque(edits)
    for run in runs:
        at = 0
        parts: list[str] = []
        while rest and rest[0].place < offset + len(run):
            edit = rest.popleft()
            parts += (run[at : edit.place - offset], edit.new)
            at = edit.place - offset + 1
        parts.append(run[at:])
        offset += len(run)
        yield "".join(parts)
