import pytest
from sqlalchemy import select, update

from intake.db import transaction
from intake.jobs import ledger
from intake.jobs.listing import PAGE
from intake.models import Job
from tests.cast import RunJobs
from tests.jobs.ledgering import NAME, fail, taken
from tests.web.conftest import newest
from tests.web.people import Contributor
from tests.web.programs import Program

ADMIN = "/api/v1/admin"


def test_what_a_filter_chooses(program: Program, jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    running = taken(jobs[1])
    with transaction() as session:
        ledger.set_stage(session, running, "decoding")
    found = program.get(f"{ADMIN}/jobs").get_json()
    assert [one["id"] for one in found["items"]] == jobs[::-1]
    assert found["count"] == {"number": 5, "more": False}
    assert (found["retriable"], found["discardable"], found["next"]) == (1, 4, None)
    (one,) = program.get(f"{ADMIN}/jobs?status=running").get_json()["items"]
    assert (one["state"], one["stage"], one["worker"]) == ("running", "decoding", NAME)
    (one,) = program.get(f"{ADMIN}/jobs?status=dead&error=ValueError&queue=housekeeping").get_json()["items"]
    assert (one["id"], one["may_retry"]) == (jobs[0], True)
    assert program.get(one["url"]).get_json()["id"] == jobs[0]


@pytest.mark.parametrize(
    "query", ["status=buried", "queue=slow", "state=dead", "ids=1", "after=x", "after=-1", f"after={10**30}"]
)
def test_a_misspelt_filter_is_refused(program: Program, query: str) -> None:
    answer = program.get(f"{ADMIN}/jobs?{query}")
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [query.partition("=")[0]]


def test_pages_lead_on(program: Program, jobs: list[int]) -> None:
    with transaction() as session:
        session.add_all(Job(kind="housekeeping.sweep", slot=f"more {n}") for n in range(PAGE))
    first = program.get(f"{ADMIN}/jobs?queue=housekeeping").get_json()
    second = program.get(first["next"]).get_json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (PAGE, 5, None)
    assert "queue=housekeeping" in first["next"]


def test_one_with_its_story(program: Program, jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    program.post(f"{ADMIN}/jobs/retries", ids=[jobs[0]], reason="Mended")
    found = program.get(f"{ADMIN}/jobs/{jobs[0]}").get_json()
    assert (found["state"], found["started_by"], found["traceback"]) == ("waiting", "0", "here")
    (incident,) = found["incidents"]
    assert (incident["event"], incident["actor"], incident["why"]) == (
        "job.retried",
        "Daniel Ferreira",
        "Mended",
    )
    for number in (999999, 2**63, "x"):
        assert program.get(f"{ADMIN}/jobs/{number}").status_code == 404


def test_failures_by_error(program: Program, jobs: list[int]) -> None:
    for number in jobs[:2]:
        fail(taken(number), final=True)
    (group,) = program.get(f"{ADMIN}/failures").get_json()["items"]
    assert (group["kind"], group["error"], group["dead"], group["again"]) == (
        "housekeeping.sweep",
        "ValueError",
        2,
        0,
    )
    assert program.get(group["example"]).get_json()["traceback"] == group["traceback"] == "here"
    assert len(program.get(group["jobs"]).get_json()["items"]) == 2


def test_nothing_is_told_of_what_was_sent(
    program: Program, contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.send(title="Planted", body="Planted", print_name="Planted", contact="Planted")
    run_jobs()
    with transaction() as session:
        dead = {"status": "dead", "error": "ValueError"}
        session.execute(update(Job).values(**dead))
        number = session.scalars(select(Job.id)).first()
    for route in ("jobs", "failures", f"jobs/{number}"):
        told = program.get(f"{ADMIN}/{route}").text
        assert "Planted" not in told
        assert newest().short_id in told
