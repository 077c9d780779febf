from typing import Any

import pytest

from intake.decisions import decide
from intake.settings import Settings
from tests.web.programs import Program


@pytest.mark.usefixtures("undoable")
def test_a_decision_is_taken_and_answers_the_new_version(program: Program, url: str) -> None:
    answer = program.post(
        f"{url}/decisions", verdict="reject", code="quality", message="Thank you.", version=2
    )
    assert answer.status_code == 201
    found = answer.get_json()
    assert (found["version"], found["status"]) == (3, "in_review")
    assert found["decision"]["verdict"] == "reject"
    assert (found["decision"]["code"], found["decision"]["message"]) == ("quality", "Thank you.")
    assert found["decision"]["settles_at"]
    assert found["may"] == ["undo", "write"]


@pytest.mark.usefixtures("undoable")
def test_it_can_be_taken_back_once(program: Program, other: Program, url: str) -> None:
    number = program.post(f"{url}/decisions", verdict="accept", version=2).get_json()["decision"]["id"]
    back = other.delete(f"{url}/decisions/{number}")
    assert back.status_code == 200
    assert back.get_json()["decision"] is None
    again = other.delete(f"{url}/decisions/{number}")
    assert again.status_code == 409
    assert again.get_json()["code"] == "illegal_move"
    assert again.get_json()["version"] == back.get_json()["version"]
    assert other.delete(f"{url}/decisions/999").status_code == 404


def test_what_was_decided_is_brought_back(program: Program, url: str) -> None:
    program.post(f"{url}/decisions", verdict="reject", code="late", no_message=True, version=2)
    answer = program.post(f"{url}/reopenings", version=4)
    assert answer.status_code == 201
    assert answer.get_json()["status"] == "in_review"


def test_who_comes_too_late_is_told_what_happened(program: Program, other: Program, url: str) -> None:
    other.post(f"{url}/revisions", title="A better title", body="<p>They came.</p>", version=2)
    answer = program.post(f"{url}/decisions", verdict="accept", version=2)
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    found = answer.get_json()
    assert (found["code"], found["version"], found["submission_status"]) == ("stale", 3, "in_review")
    assert found["changes"] == ["Tomas Havlik: Edited: revision 2"]
    assert "accept" in found["may"]
    assert "version 2" in found["detail"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"verdict": "accept"}, "version"),
        ({"verdict": "maybe", "version": 2}, "verdict"),
        ({"verdict": "reject", "version": 2, "message": "No."}, "code"),
        ({"verdict": "reject", "version": 2, "code": "late"}, "message"),
        ({"verdict": "reject", "version": 2, "message": "No.", "code": "sources"}, "code"),
        ({"verdict": "request_changes", "version": 2, "code": "facts"}, "message"),
        (
            {"verdict": "request_changes", "version": 2, "message": "Who saw it?", "no_message": True},
            "message",
        ),
        ({"verdict": "accept", "version": 2, "mesage": "Typing error"}, "mesage"),
        ({"verdict": "accept", "version": 2, "message": "x" * 5000}, "message"),
        ({"verdict": {}, "version": 2}, "verdict"),
        ({"verdict": "accept", "version": "two"}, "version"),
    ],
)
def test_a_field_that_needs_another_look(
    program: Program, url: str, body: dict[str, Any], field: str
) -> None:
    answer = program.post(f"{url}/decisions", **body)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [field]
    assert program.get(url).get_json()["version"] == 2


def test_a_second_editor_is_needed(
    program: Program, other: Program, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decide, "settings", lambda: Settings(two_approvals="News", undo_seconds=30))
    first = program.post(f"{url}/decisions", verdict="accept", version=2).get_json()
    assert first["decision"]["state"] == "waiting"
    again = program.post(f"{url}/decisions", verdict="accept", version=3)
    assert (again.status_code, again.get_json()["code"]) == (409, "second_editor_needed")
    assert other.post(f"{url}/decisions", verdict="accept", version=3).status_code == 201
