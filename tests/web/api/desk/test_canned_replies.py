from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import newest
from tests.web.programs import DESK, Program

REPLIES = "/api/v1/desk/replies"
NEW: dict[str, Any] = {
    "verdict": "reject",
    "language": "cs",
    "name": "Kindly",
    "body": "Děkujeme za {title}. {x}",
    "code": "late",
}


def in_czech(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.get(f"{REPLIES}?language=cs").get_json()["items"]
    return found


def test_they_are_listed_by_language_and_verdict(program: Program) -> None:
    found = program.get(REPLIES).get_json()
    assert {one["language"] for one in found["items"]} == {"en"}
    assert found["languages"]["en"] == len(found["items"])
    some = program.get(f"{REPLIES}?language=kk&verdict=hold").get_json()["items"]
    assert {(one["language"], one["verdict"]) for one in some} == {("kk", "hold")}
    assert in_czech(program) == []


@pytest.mark.parametrize("word", ["language=xx", "verdict=burn", "lang=kk"])
def test_a_word_that_is_not_known(program: Program, word: str) -> None:
    answer = program.get(f"{REPLIES}?{word}")
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [word.partition("=")[0]])


def test_added_changed_and_deleted(program: Program, other: Program) -> None:
    answer = program.post(REPLIES, **NEW)
    made = answer.get_json()
    assert (answer.status_code, made) == (201, {**NEW, "id": made["id"], "changed_at": made["changed_at"]})
    where, seen = f"{REPLIES}/{made['id']}", made["changed_at"]
    changed = other.put(where, **{**NEW, "body": "Díky.", "changed_at": seen}).get_json()
    assert in_czech(program) == [changed]
    late = [
        program.put(where, **{**NEW, "body": "Mine", "changed_at": seen}),
        program.post(f"{where}/deletions", changed_at=seen),
        program.post(f"{where}/deletions", changed_at="yesterday"),
    ]
    for one in late:
        assert (one.status_code, one.get_json()["code"]) == (409, "stale")
        assert one.get_json()["reply"] == changed == program.get(where).get_json()
    assert program.post(f"{where}/deletions", changed_at=changed["changed_at"]).status_code == 204
    assert in_czech(program) == []
    assert program.get(where).status_code == 404
    assert program.put(where, **NEW, changed_at=seen).status_code == 404
    assert program.post(f"{where}/deletions", changed_at=seen).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "Taken"}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"body": " "}, "body"),
        ({"body": "x" * 2001}, "body"),
        ({"verdict": None}, "verdict"),
        ({"code": "legal"}, "code"),
        ({"language": None}, "language"),
        ({"changed_at": "2026-03-01T09:30:00Z"}, "changed_at"),
    ],
)
def test_what_is_no_reply(program: Program, changes: dict[str, Any], field: str) -> None:
    program.post(REPLIES, **{**NEW, "name": "Taken"})
    answer = program.post(REPLIES, **{**NEW, **changes})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])
    assert len(in_czech(program)) == 1


def test_a_change_needs_what_was_seen_and_a_name_of_its_own(program: Program) -> None:
    program.post(REPLIES, **{**NEW, "name": "Taken"})
    made = program.post(REPLIES, **NEW).get_json()
    where = f"{REPLIES}/{made['id']}"
    assert list(program.put(where, **NEW).get_json()["errors"]) == ["changed_at"]
    assert list(program.post(f"{where}/deletions").get_json()["errors"]) == ["changed_at"]
    taken = program.put(where, **{**NEW, "name": "Taken", "changed_at": made["changed_at"]})
    assert list(taken.get_json()["errors"]) == ["name"]


def test_they_are_filled_in_for_a_piece(program: Program, submitted: Callable[..., str]) -> None:
    program.post(REPLIES, **NEW)
    submitted(title="The bridge", language="cs")
    where = f"{DESK}/{newest().id}/replies"
    found = program.get(where).get_json()["items"]
    assert found[0]["body"] == "Děkujeme za The bridge. {x}"
    assert {one["language"] for one in found[1:]} == {"en"}
    holds = program.get(f"{where}?verdict=hold").get_json()["items"]
    assert {one["verdict"] for one in holds} == {"hold"}
    assert program.get(f"{where}?language=cs").status_code == 422
    assert program.get(f"{DESK}/00000000-0000-0000-0000-000000000000/replies").status_code == 404
