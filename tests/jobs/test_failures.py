from datetime import timedelta

from sqlalchemy import func, update

from intake.db import transaction
from intake.jobs import ledger
from intake.jobs.admin_actions import retry
from intake.jobs.failures import MAX_EXAMPLES, MAX_GROUPS, FailureGroup, failures
from intake.jobs.job_filter import JobFilter
from intake.models import Job
from tests.cast import Contributor, RunJobs
from tests.jobs.conftest import jobs
from tests.jobs.ledgering import change, fail, taken

__all__ = ["jobs"]


def look() -> list[FailureGroup]:
    with transaction() as session:
        return failures(session)


def test_where_nothing_failed(jobs: list[int]) -> None:
    assert look() == []


def test_one_error_of_one_kind_is_one_group(jobs: list[int]) -> None:
    for number in jobs[:3]:
        fail(taken(number), final=number != jobs[2])
    early, late = func.now() - timedelta(days=2), func.now() - timedelta(minutes=1)
    change(jobs[0], finished_at=early)
    change(jobs[1], finished_at=late, traceback="the newest of the dead")
    change(jobs[3], kind="notify.digest", status="dead", error="ValueError", finished_at=early)
    first, second = look()
    assert (first.kind, first.error, first.dead, first.again) == ("housekeeping.sweep", "ValueError", 2, 1)
    assert (first.last - first.first) > timedelta(days=1)
    assert (first.example, first.traceback) == (jobs[2], "here")
    assert (second.kind, second.dead, second.again) == ("notify.digest", 1, 0)


def test_those_that_wait_for_an_admin_come_first(jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    change(jobs[0], finished_at=func.now() - timedelta(days=1))
    fail(taken(jobs[1]))
    change(jobs[1], error="KeyError")
    assert [group.error for group in look()] == ["ValueError", "KeyError"]


def test_what_was_mended_or_given_up_is_no_failure(jobs: list[int]) -> None:
    for number in jobs[:3]:
        fail(taken(number), final=True)
    change(jobs[0], status="discarded")
    with transaction() as session:
        retry(session, JobFilter("dead"))
    (group,) = look()
    assert (group.dead, group.again) == (0, 2)
    for number in jobs[1:3]:
        with transaction() as session:
            ledger.finish(session, taken(number))
    assert look() == []


def test_a_few_submissions_are_listed_without_details(contributor: Contributor, run_jobs: RunJobs) -> None:
    for _ in range(MAX_EXAMPLES + 1):
        contributor.submit(b"picture", title="Planted", body="Planted")
    dead = {"status": "dead", "error": "ValueError", "traceback": "here", "finished_at": func.now()}
    with transaction() as session:
        session.execute(update(Job).where(Job.kind == "photo.clean").values(**dead))
    (group,) = look()
    assert group.dead == MAX_EXAMPLES + 1
    assert len(group.submissions) == MAX_EXAMPLES
    assert {one.id for one in group.submissions} == {None}, "there is no page yet to lead to"
    assert group.submissions[0].short == str(contributor.submission_id)[:8]
    assert "Planted" not in repr(group)


def test_many_kinds_of_errors_are_cut_and_those_of_the_dead_are_not(jobs: list[int]) -> None:
    with transaction() as session:
        session.add_all(
            Job(kind="housekeeping.sweep", slot=f"{n}x", error=f"Error {n}", started_at=func.now())
            for n in range(MAX_GROUPS)
        )
    fail(taken(jobs[0]), final=True)
    found = look()
    assert len(found) == MAX_GROUPS
    assert found[0].dead == 1
