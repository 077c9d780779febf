from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.job_kinds import UNKNOWN_KIND
from intake.jobs import ledger
from intake.jobs.ledger import MAX_ATTEMPTS
from intake.jobs.recovery import LOST, POISON, hand_back, return_expired, return_of_process, return_of_worker
from intake.models import Event
from tests.cast import Contributor
from tests.jobs.ledgering import NAME, ahead, change, look, send, statuses, take, taken
from tests.tampering import tampering


@pytest.mark.parametrize(("status", "after"), [("sent", 0), ("running", 1)])
def test_a_lease_that_ran_out_brings_a_job_back(jobs: list[int], status: str, after: int) -> None:
    send()
    if status == "running":
        taken(jobs[0])
    with transaction() as session:
        assert return_expired(session) == 0
    change(jobs[0], lease_until=func.now() - timedelta(seconds=1))
    with transaction() as session:
        assert return_expired(session) == 1
        pauses = ahead(session, jobs[0], "run_at") > timedelta()
    job = look(jobs[0])
    assert (job.status, job.attempts) == ("pending", after)
    assert (job.error, pauses) == ((LOST, True) if after else (None, False))


def test_a_job_that_always_ends_its_worker_is_dead_in_the_end(jobs: list[int]) -> None:
    taken(jobs[0])
    change(jobs[0], attempts=MAX_ATTEMPTS, lease_until=func.now() - timedelta(seconds=1))
    with transaction() as session:
        return_expired(session)
    assert (look(jobs[0]).status, look(jobs[0]).error) == ("dead", LOST)


def test_a_worker_that_starts_gives_back_what_its_predecessor_had(jobs: list[int]) -> None:
    taken(jobs[0])
    take(jobs[1], "worker@elsewhere")
    with transaction() as session:
        assert return_of_worker(session, NAME) == 1
    assert statuses() == ["pending", "running", "pending", "pending", "pending"]


@pytest.mark.parametrize("end", ["finish", "fail"])
def test_a_worker_that_was_believed_dead_settles_nothing(jobs: list[int], end: str) -> None:
    """Its job was given to another worker, so the result of the first worker no longer counts."""
    settle = partial(ledger.fail, error="E", traceback="") if end == "fail" else ledger.finish
    ghost = taken(jobs[0])
    with transaction() as session:
        return_of_worker(session, NAME)
    change(jobs[0], run_at=func.now())
    current = take(jobs[0], "other")
    with transaction() as session:
        settle(session, ghost)
    assert (look(jobs[0]).status, look(jobs[0]).worker) == ("running", "other")
    assert current is not None
    with transaction() as session:
        ledger.finish(session, current)
        settle(session, ghost)
    assert look(jobs[0]).status == "done"


def lose(job_id: int, worker: str = NAME) -> None:
    """Start the job, and report that its process was killed."""
    change(job_id, run_at=func.now())
    take(job_id, worker)
    with transaction() as session:
        assert return_of_process(session, worker, job_id) == 1


def test_a_job_that_took_two_workers_with_it_is_dead_with_the_evidence(jobs: list[int]) -> None:
    lose(jobs[0])
    assert (look(jobs[0]).status, look(jobs[0]).error) == ("pending", LOST)
    lose(jobs[0], "worker@elsewhere")
    job = look(jobs[0])
    assert (job.status, job.error, job.attempts) == ("dead", POISON, 2)
    first, second = (job.traceback or "").splitlines()
    assert f"{NAME} killed; other jobs running: 0" in first
    assert "worker@elsewhere killed" in second


def test_where_workers_end_without_it_too_a_job_is_no_poison(jobs: list[int]) -> None:
    """If workers are also lost with other jobs, the job is not blamed. Repeated power cuts have this effect."""
    lose(jobs[0])
    for other in jobs[1:4]:
        lose(other)
    lose(jobs[0])
    assert [look(number).status for number in jobs] == ["pending"] * 5


def test_two_jobs_that_end_their_workers_are_both_found(jobs: list[int]) -> None:
    for number in (*jobs[:2], *jobs[:2]):
        lose(number)
    assert [look(number).status for number in jobs[:2]] == ["dead", "dead"]


def test_losses_of_long_ago_say_nothing(jobs: list[int]) -> None:
    lose(jobs[0])
    with tampering() as session:
        session.execute(update(Event).values(at=func.now() - timedelta(hours=2)))
    lose(jobs[0])
    assert look(jobs[0]).status == "pending"


def test_a_text_that_has_a_gentle_way_is_tried_again(contributor: Contributor) -> None:
    contributor.submit()
    (number,) = send()
    lose(number)
    lose(number)
    assert look(number).status == "pending"


def test_a_worker_that_was_asked_to_stop_hands_back_what_it_had(jobs: list[int]) -> None:
    """The jobs become pending at once, and the attempt does not count."""
    for _ in range(3):
        taken(jobs[0])
        with transaction() as session:
            assert hand_back(session, NAME) == 1
    assert (look(jobs[0]).status, look(jobs[0]).attempts) == ("pending", 0)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 0


def test_what_has_been_settled_meanwhile_does_not_come_back(jobs: list[int]) -> None:
    job = taken(jobs[0])
    with transaction() as session:
        ledger.finish(session, job)
        assert return_of_process(session, NAME, jobs[0]) == 0
    assert look(jobs[0]).status == "done"


def test_a_kind_that_only_the_next_version_knows_comes_back_like_others(jobs: list[int]) -> None:
    change(jobs[0], kind="photo.dream")
    with transaction() as session:
        ledger.take(session, jobs[0], NAME)
        assert ahead(session, jobs[0], "lease_until") == ledger.lease_for(UNKNOWN_KIND)
    change(jobs[0], lease_until=func.now() - timedelta(seconds=1))
    with transaction() as session:
        assert return_expired(session) == 1


def test_after_a_restore_nobody_has_a_job(jobs: list[int]) -> None:
    take(jobs[1], "worker@elsewhere")
    send()
    with transaction() as session:
        ledger.release_all(session)
    assert set(statuses()) == {"pending"}
    assert look(jobs[1]).attempts == 0
