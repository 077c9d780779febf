from intake.job_kinds import CANARIES, QUEUES
from intake.models.heartbeat import KINDS
from intake.models.job import OPEN_STATUSES
from intake.subscriptions import SCHEDULES
from tests.web.conftest import events
from tests.web.programs import Program
from tests.web.test_health import beat

ADMIN = "/api/v1/admin"


def test_the_sentence_and_the_figures_behind_it(program: Program, jobs: list[int]) -> None:
    found = program.get(f"{ADMIN}/status").get_json()
    assert found["verdict"]["ok"] is False
    assert found["verdict"]["sentence"].startswith("Submissions are not being processed")
    assert found["verdict"]["cause"] == "relay"
    assert found["processes"] == []
    assert found["jobs"] == dict.fromkeys(OPEN_STATUSES, 0) | {"pending": 5}
    assert {one["kind"]: one["every"] for one in found["schedules"]} == SCHEDULES
    beat()
    found = program.get(f"{ADMIN}/status").get_json()
    assert {one["kind"] for one in found["processes"] if one["alive"]} == set(KINDS)
    assert found["version_skew"] == []
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
    for action in ("pause", "resume"):
        assert program.post(f"{ADMIN}/queues/slow/{action}", reason="Why").status_code == 404
    assert program.get(f"{ADMIN}/status").get_json()["queues"][1]["pause"] is None


def test_a_worker_is_asked_to_finish_and_stop(program: Program) -> None:
    beat()
    action = f"{ADMIN}/workers/worker@here/stop"
    assert program.post(action).status_code == 422
    assert program.post(action, reason="Upgrade").get_json() == {"asked": True}
    assert program.post(action, reason="Upgrade").get_json() == {"asked": False}
    for name in ("relay@here", "worker@nowhere"):
        assert program.post(f"{ADMIN}/workers/{name}/stop", reason="Upgrade").status_code == 404
    worker = program.get(f"{ADMIN}/status").get_json()["processes"][0]
    assert worker["stop_asked_at"]


def test_what_the_clock_starts_is_started_at_once(program: Program) -> None:
    action = f"{ADMIN}/schedules/runs"
    assert program.post(action, kind="canaries", reason="Why").get_json() == {
        "started": list(CANARIES.values())
    }
    assert program.post(action, kind="canaries", reason="Why").get_json() == {"started": []}
    assert program.post(action, kind="canaries").status_code == 422
    assert program.post(action, reason="Why").status_code == 422
    assert program.post(action, kind="photo.clean", reason="Why").status_code == 422
