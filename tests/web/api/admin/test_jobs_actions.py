from typing import Any

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.job_kinds import NEVER_DISCARDED
from intake.models import Event
from intake.web.forms.admin import MOST_NAMED
from tests.jobs.ledgering import change, fail, look, statuses, taken
from tests.web.conftest import events
from tests.web.programs import Program

JOBS = "/api/v1/admin/jobs"


@pytest.fixture
def dead(jobs: list[int]) -> list[int]:
    for number in jobs[:2]:
        fail(taken(number), final=True)
    change(jobs[1], error="KeyError")
    return jobs[:2]


def last_event() -> Event:
    with transaction() as session:
        return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def test_jobs_are_run_again_by_number_or_by_filter(program: Program, dead: list[int], person: Any) -> None:
    assert program.post(f"{JOBS}/retries", ids=dead[:1]).get_json()["count"] == 1
    assert last_event().name == "job.retried"
    answer = program.post(f"{JOBS}/retries", filter={"status": "dead", "error": "KeyError"}, reason="Mended")
    assert answer.get_json() == {"count": 1, "dry_run": False, "kinds": None}
    event = last_event()
    assert (event.name, event.editor_id, event.data["reason"]) == ("jobs.retried", person.id, "Mended")
    assert statuses() == ["pending"] * 5
    assert program.post(f"{JOBS}/retries", filter={"status": "dead"}).get_json()["count"] == 0


def test_jobs_are_discarded_for_a_reason(program: Program, dead: list[int], jobs: list[int]) -> None:
    change(jobs[2], kind="text.screen", status="dead", error="ValueError", finished_at=func.now())
    answer = program.post(f"{JOBS}/discards", filter={"status": "dead"}, reason="Not needed", count=2)
    assert answer.get_json() == {
        "count": 2,
        "kept": [{"kind": "text.screen", "count": 1, "says": NEVER_DISCARDED["text.screen"]}],
        "dry_run": False,
        "kinds": None,
    }
    assert statuses()[:3] == ["discarded", "discarded", "dead"]
    assert last_event().data["reason"] == "Not needed"


def test_what_has_become_another_number_is_left_alone(program: Program, dead: list[int]) -> None:
    answer = program.post(f"{JOBS}/discards", filter={"status": "dead"}, reason="Not needed", count=1)
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["count"]) == (
        409,
        "miscounted",
        2,
    )
    assert statuses()[:2] == ["dead"] * 2


@pytest.mark.parametrize("action", ["retries", "discards"])
def test_of_jobs_that_are_named_all_or_none(
    program: Program, dead: list[int], jobs: list[int], action: str
) -> None:
    taken(jobs[2])
    answer = program.post(f"{JOBS}/{action}", ids=jobs[:3], reason="Why")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not_these")
    assert list(answer.get_json()["jobs"]) == [str(jobs[2])]
    assert program.post(f"{JOBS}/{action}", ids=[999999], reason="Why").status_code == 404
    assert statuses()[:2] == ["dead"] * 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "ids"),
        ({"ids": [1], "filter": {"status": "dead"}}, "ids"),
        ({"ids": []}, "ids"),
        ({"ids": 1}, "ids"),
        ({"ids": ["1"]}, "ids"),
        ({"ids": [True]}, "ids"),
        ({"ids": [0]}, "ids"),
        ({"ids": [2**63]}, "ids"),
        ({"ids": [1] * (MOST_NAMED + 1)}, "ids"),
        ({"filter": {}}, "filter"),
        ({"filter": "dead"}, "filter"),
        ({"filter": {"status": 1}}, "status"),
        ({"filter": {"status": "buried"}}, "status"),
        ({"filter": {"state": "dead"}}, "state"),
        ({"filter": {"ids": "1"}}, "ids"),
        ({"ids": [1], "force": True}, "force"),
        ({"ids": [1], "reason": "x" * 201}, "reason"),
    ],
    ids=str,
)
@pytest.mark.parametrize("action", ["retries", "discards"])
def test_what_cannot_be_taken(
    program: Program, dead: list[int], action: str, body: dict[str, Any], field: str
) -> None:
    before = events()
    answer = program.post(f"{JOBS}/{action}", **{"reason": "Why", **body})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")
    assert list(answer.get_json()["errors"]) == [field]
    assert events() == before


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": " "}, {"reason": None}])
def test_nothing_is_discarded_without_a_reason(
    program: Program, dead: list[int], body: dict[str, Any]
) -> None:
    answer = program.post(f"{JOBS}/discards", ids=dead, **body)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["reason"]
    assert statuses()[:2] == ["dead"] * 2


def test_a_dry_run_changes_nothing(program: Program, jobs: list[int]) -> None:
    for number in jobs[:2]:
        fail(taken(number), final=True)
    before = events()
    answer = program.post(f"{JOBS}/retries?dry_run=true", filter={"status": "dead"}).get_json()
    assert (answer["count"], answer["dry_run"]) == (2, True)
    assert sum(one["count"] for one in answer["kinds"]) == 2
    answer = program.post(f"{JOBS}/discards?dry_run=true", ids=jobs[:1], reason="Why").get_json()
    assert (answer["dry_run"], answer["count"] + sum(one["count"] for one in answer["kept"])) == (True, 1)
    assert events() == before
    assert [look(number).status for number in jobs[:2]] == ["dead", "dead"]
    assert program.post(f"{JOBS}/retries?dry_run=true", ids=[10**9]).status_code == 404
    assert program.post(f"{JOBS}/retries?dry_run=true", ids=jobs[2:3]).status_code == 409
    assert program.post(f"{JOBS}/retries?dry_run=perhaps", ids=jobs[:1]).status_code == 422
