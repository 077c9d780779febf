from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from intake.db import transaction
from intake.jobs import processes
from intake.models.heartbeat import KINDS
from intake.web import Transom
from tests.cast import RunJobs
from tests.web.people import Contributor


def beat(**details: object) -> None:
    """Record a heartbeat of every process."""
    with transaction() as session:
        for kind in KINDS:
            processes.start(session, f"{kind}@here", kind, dict(details))


def test_the_process_answers(app: Transom) -> None:
    answer = app.test_client().get("/healthz/live")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "live"})


def test_ready_while_work_is_done(app: Transom) -> None:
    assert app.test_client().get("/healthz/ready").status_code == 503
    beat()
    answer = app.test_client().get("/healthz/ready")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "ready")


@pytest.mark.parametrize("alive", [True, False])
def test_it_does_not_tell_that_something_came_in(
    contributor: Contributor, run_jobs: RunJobs, *, alive: bool
) -> None:
    """Test that the health check shows no counts, which an observer could compare with traffic."""
    if alive:
        beat()
    seen = []
    for step in (lambda: None, contributor.send, contributor.send, run_jobs):
        step()
        seen.append(contributor.client.get("/healthz/ready").text)
    assert len(set(seen)) == 1
    assert not any(character.isdigit() for character in seen[0])


def test_not_ready_without_the_database(
    app: Transom, database_away: Callable[[], AbstractContextManager[None]]
) -> None:
    client = app.test_client()
    with database_away():
        assert client.get("/healthz/live").status_code == 200
        answer = client.get("/healthz/ready")
    assert answer.status_code == 503
    assert answer.get_json()["sentence"] == "The database does not answer."
