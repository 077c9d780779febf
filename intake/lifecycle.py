"""The lifecycle of a submission: statuses, lanes, and a table of moves. Uses only the standard library."""

from dataclasses import dataclass

STATUSES = (
    "draft",
    "received",
    "in_review",
    "held",
    "changes_requested",
    "accepted",
    "rejected",
    "spam",
    "published",
    "retracted",
    "withdrawn",
    "purged",
)
DECIDED = frozenset({"accepted", "rejected", "published", "retracted", "spam"})
# Statuses that a submission can have only after its text and photos were cleaned.
SCREENED = DECIDED | {"in_review", "held", "changes_requested"}
# Lane → its statuses. A lane says who has to act next: the desk, the contributor, or a worker.
# The first lane of a status is its lane, but suspected submissions in review are in the lane "suspicious".
LANES = {
    "ours": ("in_review", "held"),
    "theirs": ("changes_requested",),
    "machine": ("received",),
    "publishing": ("accepted", "published", "retracted"),
    "done": ("rejected", "spam", "withdrawn"),
    "suspicious": ("in_review",),
}
# Status of a submission that its contributor has not sent yet. It is in no lane, and the desk never sees it.
UNSENT = "draft"
# Statuses in which a submission can no longer be worked on.
GONE = frozenset({"withdrawn", "purged"})
PHOTO_STATUSES = ("received", "clean", "refused", "purged")


class IllegalMove(Exception):
    """MOVES does not allow this move. The message tells an editor why."""


@dataclass(frozen=True)
class Move:
    """A change of status from any of `sources` to `target`. `event` is the name of the event that records it."""

    sources: frozenset[str]
    target: str
    event: str


def _move(target: str, *sources: str, event: str = "") -> Move:
    return Move(frozenset(sources), target, event or f"submission.{target}")


MOVES = {
    "send": _move("received", UNSENT),
    "screen": _move("in_review", "received"),
    "accept": _move("accepted", *LANES["ours"]),
    "reject": _move("rejected", *LANES["ours"]),
    "request_changes": _move("changes_requested", *LANES["ours"]),
    "hold": _move("held", "in_review"),
    "spam": _move("spam", *LANES["ours"]),
    # An editor reverses an earlier decision.
    "reopen": _move("in_review", "held", "changes_requested", "accepted", "rejected", "spam"),
    "answer": _move("received", "changes_requested"),
    # A retraction can be taken back by publishing once more.
    "publish": _move("published", "accepted", "retracted"),
    "unpublish": _move("accepted", "published", event="submission.unpublished"),
    "retract": _move("retracted", "published"),
    "withdraw": _move(
        "withdrawn",
        "received",
        "in_review",
        "held",
        "changes_requested",
        "accepted",
        "rejected",
        "retracted",
        "spam",
    ),
    "purge": _move("purged", "withdrawn", "rejected", "published", "retracted", "spam"),
}


def can_move(verb: str, status: str) -> bool:
    """Return whether a submission with this status may make the move `verb`, a key of MOVES."""
    return status in MOVES[verb].sources


def target_status(verb: str, status: str) -> str:
    """Return the status after the move `verb`, a key of MOVES. Raises IllegalMove."""
    if not can_move(verb, status):
        raise IllegalMove(f"cannot {verb.replace('_', ' ')} a submission that is {status.replace('_', ' ')}")
    return MOVES[verb].target


# Statuses in which an editor may download a submission, and statuses in which an editor may edit it.
DOWNLOADABLE = frozenset({"accepted", "published"})
EDITABLE = frozenset({"in_review", "held", "accepted"})
