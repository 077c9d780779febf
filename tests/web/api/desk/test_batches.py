import uuid
from collections.abc import Callable
from typing import Any

import pytest

from intake.db import transaction
from intake.models import Batch, Decision, Reply, Submission
from intake.web.forms.batches import MOST
from tests.cast import RunJobs
from tests.web.conftest import count, newest
from tests.web.programs import DESK, Program

BATCHES = "/api/v1/desk/batches"
PREVIEW = f"{BATCHES}/preview"
Make = Callable[..., dict[str, Any]]


@pytest.fixture
def item(program: Program, submitted: Callable[..., str]) -> Make:
    """Function that sends a submission. Returns its entry (id and version) for the body of a batch."""

    def make(**words: str) -> dict[str, Any]:
        submitted(**words)
        return {"id": str(newest().id), "version": newest().version}

    return make


def test_a_look_at_it_shows_everything_and_does_nothing(program: Program, other: Program, item: Make) -> None:
    with transaction() as session:
        session.add(Reply(verdict="reject", language="kk", name="Kept for a test", body="Рақмет."))
    first, second, stale = item(title="One bridge", language="kk"), item(title="Two"), item(title="Three")
    other.put(f"{DESK}/{second['id']}/claim")
    items = [first, second, {**stale, "version": 1}, {"id": str(uuid.uuid4()), "version": 1}]
    found = program.post(PREVIEW, verdict="reject", items=items, messages={"en": "No.", "kk": " "}).get_json()
    assert [(one["title"], one["problem"]) for one in found["possible"]] == [("One bridge", None)]
    left_out = [(one["title"], one["problem"], one["holder"]) for one in found["left_out"]]
    assert left_out == [
        ("Two", "claimed", "Tomas Havlik"), ("Three", "changed", None), ("", "withdrawn", None),
    ]  # fmt: skip
    (message,) = found["messages"]
    assert (message["language"], message["readers"], message["message"]) == ("kk", 1, None)
    assert "Рақмет." in [one["body"] for one in message["replies"]]
    assert found["errors"] == {"code": ["Please choose a reason."]}
    assert count(Batch) == count(Decision) == 0


def test_it_is_asked_for_once_done_and_reported(
    program: Program, other: Program, item: Make, run_jobs: RunJobs
) -> None:
    first, second = item(title="One bridge"), item(title="Two")
    sent: dict[str, Any] = {
        "verdict": "accept",
        "items": [first, second],
        "messages": {"en": "Thank you!", "ru": "Спасибо!"},
    }
    sent["token"] = program.post(PREVIEW, **sent).get_json()["token"]
    other.put(f"{DESK}/{second['id']}/claim")
    asked, again = program.post(BATCHES, **sent), program.post(BATCHES, **sent)
    assert (asked.status_code, again.status_code) == (201, 200)
    where = asked.get_json()["url"]
    assert again.get_json()["url"] == where
    assert {line["outcome"] for line in program.get(where).get_json()["items"]} == {"waiting"}
    run_jobs()
    found = other.get(where).get_json()
    assert (found["editor"], found["finished"], found["may_undo"]) == ("Asel Nurbekova", True, False)
    assert [(line["outcome"], line["problem"]) for line in found["items"]] == [
        ("done", None), ("refused", "claimed"),
    ]  # fmt: skip
    with transaction() as session:
        done = session.get_one(Submission, uuid.UUID(first["id"]))
        assert (done.status, [one.body for one in done.messages]) == ("accepted", ["Thank you!"])
    late = program.delete(where)
    assert (late.status_code, late.get_json()["code"]) == (409, "illegal_move")


def test_it_can_be_taken_back_before_it_is_done(program: Program, item: Make, run_jobs: RunJobs) -> None:
    asked = program.post(BATCHES, verdict="hold", items=[item(), item()], token=str(uuid.uuid4())).get_json()
    back = program.delete(asked["url"]).get_json()
    assert (back["undone"], [line["outcome"] for line in back["items"]]) == (True, ["undone", "undone"])
    run_jobs()
    assert newest().status == "in_review"
    assert program.delete(asked["url"]).status_code == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"verdict": "reject"}, "code"),
        ({"verdict": "reject", "code": "facts"}, "code"),
        ({"verdict": "request_changes", "code": "facts"}, "messages"),
        ({"messages": {"en": "x" * 2001}}, "messages"),
        ({"messages": ["x"]}, "messages"),
        ({"messages": {"en": 1}}, "messages"),
        ({"messages": {"english": "x"}}, "messages: english"),
        ({"verdict": "maybe"}, "verdict"),
        ({"token": None}, "token"),
        ({"token": "x"}, "token"),
        ({"mesages": {}}, "mesages"),
    ],
)
def test_what_cannot_be_asked_for(program: Program, item: Make, body: dict[str, Any], field: str) -> None:
    sent = {"verdict": "hold", "items": [item()], "token": str(uuid.uuid4()), **body}
    answer = program.post(BATCHES, **sent)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])
    assert count(Batch) == 0


NOBODY = {"id": str(uuid.uuid4()), "version": 1}


@pytest.mark.parametrize("path", [PREVIEW, BATCHES])
@pytest.mark.parametrize(
    "items",
    [
        None, [], {}, ["x"], [{}], [{"id": NOBODY["id"]}], [{**NOBODY, "version": True}], [{**NOBODY, "version": -1}],
        [{**NOBODY, "id": "é" * 36}], [NOBODY, NOBODY], [NOBODY] * (MOST + 1),
    ],
)  # fmt: skip
def test_what_is_no_list_of_items(program: Program, path: str, items: object) -> None:
    answer = program.post(path, verdict="accept", items=items, token=str(uuid.uuid4()))
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["items"])


def test_an_item_has_no_other_fields(program: Program) -> None:
    answer = program.post(PREVIEW, verdict="accept", items=[{**NOBODY, "code": "late"}])
    assert list(answer.get_json()["errors"]) == ["items: code"]


def test_what_never_was_is_not_decided_on(program: Program, item: Make) -> None:
    alone = program.post(BATCHES, verdict="hold", items=[NOBODY], token=str(uuid.uuid4()))
    assert (alone.status_code, list(alone.get_json()["errors"])) == (422, ["items"])
    beside = program.post(BATCHES, verdict="hold", items=[item(), NOBODY], token=str(uuid.uuid4()))
    assert beside.status_code == 404
    assert count(Batch) == 0


def test_a_batch_that_is_not_there(program: Program) -> None:
    assert program.get(f"{BATCHES}/99").status_code == 404
    assert program.delete(f"{BATCHES}/99").status_code == 404
