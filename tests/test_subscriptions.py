"""Each event starts jobs or is listed as silent, and each kind of job has a task."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.lifecycle import MOVES
from intake.subscriptions import SCHEDULES, SILENT, SUBSCRIPTIONS

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for folder in ("intake", "workers") for path in (ROOT / folder).rglob("*.py"))


def calls(function: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield (place, call) for each call of a function or method with this name."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called == function:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def recorded() -> dict[str, str]:
    """Return {event name: place} for each name that is recorded as a literal."""
    return {
        call.args[1].value: place
        for place, call in calls("record")
        if len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
        and isinstance(call.args[1].value, str)
    }


def moved() -> dict[str, str]:
    """Return {verb: place} for each verb that is used as a literal."""
    return {
        call.args[0].value: place
        for place, call in calls("move")
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_names_of_events_stand_in_the_source() -> None:
    """Literal names can be searched for. Only `move` builds a name, from the statuses of the lifecycle."""
    places = [
        place
        for place, call in calls("record")
        if len(call.args) < 2 or not isinstance(call.args[1], ast.Constant)
    ]
    assert [place.partition(":")[0] for place in places] == ["intake/models/submission.py"]


def test_every_event_is_subscribed_or_silent() -> None:
    known = SUBSCRIPTIONS.keys() | SILENT
    assert {name: place for name, place in recorded().items() if name not in known} == {}
    assert {verb: place for verb, place in moved().items() if verb not in MOVES} == {}
    assert {move.event for move in MOVES.values()} <= known


def test_no_event_is_both() -> None:
    assert SUBSCRIPTIONS.keys() & SILENT == set()
    assert all(SUBSCRIPTIONS.values())


def test_nothing_is_listed_that_never_happens() -> None:
    happens = recorded().keys() | {move.event for move in MOVES.values()}
    assert (SUBSCRIPTIONS.keys() | SILENT) - happens == set()


def test_every_kind_of_work_has_somebody_to_do_it_and_nobody_waits_in_vain() -> None:
    from workers.runner import HANDLERS

    started = {kind for kinds in SUBSCRIPTIONS.values() for kind in kinds} | SCHEDULES.keys()
    assert started == HANDLERS.keys()


@pytest.mark.parametrize("kind", SCHEDULES)
def test_the_clock_has_a_period_for_each_of_its_jobs(kind: str) -> None:
    assert SCHEDULES[kind] >= 60
