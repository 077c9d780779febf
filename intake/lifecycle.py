"""The life of a submission as one table. Standard library only."""

from dataclasses import dataclass

STATUSES = (
    "received",
    "in_review",
    "changes_requested",
    "accepted",
    "rejected",
    "published",
    "withdrawn",
    "purged",
)
DECIDED = frozenset({"accepted", "rejected", "published"})
# What only a submission can be whose text and photos were made safe to look at.
SCREENED = DECIDED | {"in_review", "changes_requested"}
# Nothing is made of these any more.
GONE = frozenset({"withdrawn", "purged"})
PHOTO_STATUSES = ("received", "clean", "refused", "purged")


class IllegalMove(Exception):
    """A move that the table does not allow; the message says which, in words an editor can read."""


@dataclass(frozen=True)
class Move:
    """From any of `sources` to `target`."""

    sources: frozenset[str]
    target: str


def _move(target: str, *sources: str) -> Move:
    return Move(frozenset(sources), target)


MOVES = {
    "screen": _move("in_review", "received"),
    "accept": _move("accepted", "in_review"),
    "reject": _move("rejected", "in_review"),
    "request_changes": _move("changes_requested", "in_review"),
    "answer": _move("received", "changes_requested"),
    "publish": _move("published", "accepted"),
    "withdraw": _move("withdrawn", "received", "in_review", "changes_requested", "accepted", "rejected"),
    "purge": _move("purged", "withdrawn", "rejected", "published"),
}


def may(verb: str, status: str) -> bool:
    """Whether a submission of this status may make this move."""
    return status in MOVES[verb].sources


def target(verb: str, status: str) -> str:
    """The status that the move leads to, or IllegalMove."""
    if not may(verb, status):
        raise IllegalMove(f"cannot {verb.replace('_', ' ')} a submission that is {status.replace('_', ' ')}")
    return MOVES[verb].target
