"""The life of a submission as one table. Standard library only."""

from dataclasses import dataclass

STATUSES = (
    "received",
    "in_review",
    "held",
    "changes_requested",
    "accepted",
    "rejected",
    "spam",
    "published",
    "withdrawn",
    "purged",
)
DECIDED = frozenset({"accepted", "rejected", "published", "spam"})
# What only a submission can be whose text and photos were made safe to look at.
SCREENED = DECIDED | {"in_review", "held", "changes_requested"}
# Whose turn it is → the statuses in which it is.
LANES = {
    "ours": ("in_review", "held"),
    "theirs": ("changes_requested",),
    "machine": ("received",),
    "done": ("accepted", "rejected", "published", "spam", "withdrawn"),
}
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
    "accept": _move("accepted", *LANES["ours"]),
    "reject": _move("rejected", *LANES["ours"]),
    "request_changes": _move("changes_requested", *LANES["ours"]),
    "hold": _move("held", "in_review"),
    "spam": _move("spam", *LANES["ours"]),
    # Somebody thought better of it.
    "reopen": _move("in_review", "held", "changes_requested", "accepted", "rejected", "spam"),
    "answer": _move("received", "changes_requested"),
    "publish": _move("published", "accepted"),
    "withdraw": _move(
        "withdrawn", "received", "in_review", "held", "changes_requested", "accepted", "rejected", "spam"
    ),
    "purge": _move("purged", "withdrawn", "rejected", "published", "spam"),
}


def may(verb: str, status: str) -> bool:
    """Whether a submission of this status may make this move."""
    return status in MOVES[verb].sources


def target(verb: str, status: str) -> str:
    """The status that the move leads to, or IllegalMove."""
    if not may(verb, status):
        raise IllegalMove(f"cannot {verb.replace('_', ' ')} a submission that is {status.replace('_', ' ')}")
    return MOVES[verb].target


LEAVES = frozenset({"accepted", "published"})
EDITABLE = frozenset({"in_review", "held", "accepted"})
