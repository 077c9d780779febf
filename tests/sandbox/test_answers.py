"""Checks of the answer of a child: only fields of its schema are accepted, and no log has words of a file."""

import logging
from typing import Annotated, Any

import pytest

from intake.sandbox.answers import MOST, Amount, ChildAnswer, check, one_of
from intake.sandbox.refusal import AnswerRefused, Refused
from intake.sandbox.task import ChildTask

SECRET = "CNRYanswer"


class FoundAnswer(ChildAnswer):
    """Answer of a task that only this file has."""

    count: Amount
    kind: Annotated[str, one_of(("jpeg", "png"))]


TASK = ChildTask("tests.sandbox.nowhere", "look", FoundAnswer)
GOOD: dict[str, Any] = {"count": 3, "kind": "png"}


@pytest.mark.parametrize("count", [0, 3, MOST])
def test_an_answer_in_its_schema_is_taken(count: int) -> None:
    assert check(TASK, GOOD | {"count": count}) == FoundAnswer(count=count, kind="png")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"count": -1}, "count: greater_than_equal"),
        ({"count": MOST + 1}, "count: less_than_equal"),
        ({"count": True}, "count: int_type"),
        ({"count": 3.0}, "count: int_type"),
        ({"count": "3"}, "count: int_type"),
        ({"count": None}, "count: int_type"),
        ({"kind": SECRET}, "kind: value_error"),
        ({SECRET: 1}, "unknown field: extra_forbidden"),
    ],
)
def test_another_answer_is_refused_and_not_quoted(
    changes: dict[str, Any], fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(AnswerRefused):
        check(TASK, GOOD | changes)
    assert fault in caplog.text
    assert "tests.sandbox.nowhere:look" in caplog.text
    assert SECRET not in caplog.text


def test_no_more_than_five_faults_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(AnswerRefused):
        check(TASK, GOOD | {f"more{number}": 1 for number in range(50)})
    assert caplog.text.count("unknown field") == 5


@pytest.mark.parametrize("detail", ["", "frame 3 of 12, 40 000 x 9"])
def test_a_refusal_of_the_child_is_raised(detail: str) -> None:
    with pytest.raises(Refused) as caught:
        check(TASK, {"refused": "too_large", "detail": detail})
    assert caught.value.args[0] == "too_large"


@pytest.mark.parametrize(
    "header",
    [
        {"refused": "Too large"},
        {"refused": ""},
        {"refused": "a" * 41},
        {"refused": "too_large", "detail": "<b>"},
        {"refused": "too_large", "detail": "a" * 121},
        {"refused": "too_large", **GOOD},
    ],
)
def test_a_refusal_has_no_room_for_a_text(header: dict[str, Any]) -> None:
    with pytest.raises(AnswerRefused):
        check(TASK, header)
