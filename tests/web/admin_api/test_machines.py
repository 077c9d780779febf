from intake.models.job import STATUSES
from intake.queues import QUEUES
from tests.web.conftest import events
from tests.web.programs import Program
from tests.web.test_health import beat

ADMIN = "/api/v1/admin"


def test_the_sentence_and_the_figures_behind_it(program: Program, jobs: list[int]) -> None:
    found = program.get(f"{ADMIN}/status").get_json()
    assert found["verdict"]["ok"] is False
    assert found["verdict"]["sentence"].startswith("Submissions are not being processed")
    assert found["processes"] == []
    assert found["jobs"] == dict.fromkeys(STATUSES, 0) | {"pending": 5}
    assert found["oldest"]["kind"] == "housekeeping.sweep"
    beat()
    found = program.get(f"{ADMIN}/status").get_json()
    assert {one["kind"] for one in found["processes"] if one["alive"]} == {"worker", "relay", "scheduler"}
    assert [(one["name"], one["pause"]) for one in found["queues"]] == [(name, None) for name in QUEUES]
    assert found["queues"][-1]["waiting"] == 5


def test_a_queue_is_paused_and_goes_on(program: Program) -> None:
    answer = program.post(f"{ADMIN}/queues/photos/pause", reason="The disk is full")
    assert answer.status_code == 200
    pause = answer.get_json()["pause"]
    assert (pause["by"], pause["reason"]) == ("Daniel Ferreira", "The disk is full")
    again = program.post(f"{ADMIN}/queues/photos/pause", reason="Another").get_json()
    assert again["pause"]["reason"] == "The disk is full"
    assert program.get(f"{ADMIN}/status").get_json()["queues"][1]["pause"] == pause
    before = events()
    for _ in range(2):
        assert program.post(f"{ADMIN}/queues/photos/resume").get_json()["pause"] is None
    assert events() == before + 1


def test_nothing_is_paused_without_a_reason_and_no_queue_that_is_none(program: Program) -> None:
    for body in ({}, {"reason": " "}, {"reason": "x" * 201}, {"reason": "Why", "seconds": 5}):
        answer = program.post(f"{ADMIN}/queues/photos/pause", **body)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")
    for lever in ("pause", "resume"):
        assert program.post(f"{ADMIN}/queues/slow/{lever}", reason="Why").status_code == 404
    assert program.get(f"{ADMIN}/status").get_json()["queues"][1]["pause"] is None
