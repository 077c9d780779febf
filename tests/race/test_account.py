from typing import Any

import pytest

from intake.models import Decision, Event, Submission
from tests.race.account import faults

Told = tuple[str, dict[str, Any]]

ARRIVED: list[Told] = [("submission.received", {}), ("submission.in_review", {})]
TAKEN: Told = ("decision.taken", {"verdict": "accept"})
UNDONE: Told = ("decision.undone", {"verdict": "accept"})
ACCEPTED: Told = ("submission.accepted", {})


def judged(events: list[Told], status: str, version: int, *states: str) -> list[str]:
    return faults(
        Submission(status=status, version=version),
        [Event(name=name, data=data) for name, data in events],
        [Decision(verdict="accept", state=state) for state in states],
    )


def test_what_the_events_explain() -> None:
    assert judged([*ARRIVED, TAKEN, UNDONE, TAKEN, ACCEPTED], "accepted", 6, "undone", "standing") == []


@pytest.mark.parametrize(
    ("events", "status", "version", "states"),
    [
        ([*ARRIVED, TAKEN, ACCEPTED], "accepted", 4, ["standing", "standing"]),
        ([*ARRIVED, TAKEN, TAKEN, ACCEPTED], "accepted", 5, ["replaced", "standing"]),
        ([*ARRIVED, ACCEPTED], "accepted", 3, ["standing"]),
        ([*ARRIVED, TAKEN, ACCEPTED], "rejected", 4, ["standing"]),
        ([*ARRIVED, TAKEN, ACCEPTED], "accepted", 5, ["standing"]),
        ([*ARRIVED, TAKEN], "in_review", 3, ["undone"]),
        ([*ARRIVED, UNDONE], "in_review", 3, []),
        ([*ARRIVED, TAKEN, UNDONE, ACCEPTED], "accepted", 5, ["undone"]),
    ],
)
def test_what_they_do_not(events: list[Told], status: str, version: int, states: list[str]) -> None:
    assert judged(events, status, version, *states) != []
