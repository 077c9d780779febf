"""Ledger: scheduled jobs, stages of jobs, and deletion of old jobs."""

from datetime import timedelta

from sqlalchemy import func, select, text

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Event, Job
from intake.settings import Settings
from tests.cast import Contributor
from tests.jobs.ledgering import change, fail, look, send, statuses, take, taken
from tests.together import at_once


def test_two_schedulers_start_a_slot_once(app_settings: Settings) -> None:
    def start() -> bool:
        with transaction() as session:
            return ledger.schedule(session, "housekeeping.sweep", "housekeeping.sweep@7")

    assert sorted(at_once(start, start, start)) == [False, False, True]  # type: ignore[type-var]
    assert start() is False
    assert statuses() == ["pending"]


def set_stage(job: Job, stage: str) -> None:
    with transaction() as session:
        ledger.set_stage(session, job, stage)


def test_a_job_says_how_far_it_has_come_and_a_failed_one_how_far_it_had(jobs: list[int]) -> None:
    job = taken(jobs[0])
    set_stage(job, "decoding")
    assert look(jobs[0]).stage == "decoding"
    fail(job)
    assert look(jobs[0]).stage == "decoding"
    change(jobs[0], run_at=func.now())
    assert taken(jobs[0]).stage is None


def test_who_lost_a_job_does_not_say_how_far_it_is(jobs: list[int]) -> None:
    job = taken(jobs[0])
    change(jobs[0], status="pending", lease_until=None)
    assert take(jobs[0], "other") is not None
    set_stage(job, "decoding")
    assert look(jobs[0]).stage is None


def test_a_job_that_is_done_is_at_no_stage(jobs: list[int]) -> None:
    job = taken(jobs[0])
    set_stage(job, "writing copies")
    with transaction() as session:
        ledger.finish(session, job)
    assert look(jobs[0]).stage is None


def test_jobs_done_long_ago_are_forgotten_and_others_kept(jobs: list[int]) -> None:
    old = {"finished_at": func.now() - timedelta(days=31)}
    change(jobs[0], status="done", **old)
    change(jobs[1], status="dead", error="ValueError", **old)
    change(jobs[2], status="done", finished_at=func.now() - timedelta(days=29))
    change(jobs[3], status="discarded", **old)
    with transaction() as session:
        ledger.forget_done(session, timedelta(days=30))
    assert statuses() == ["dead", "done", "pending"]


def test_events_outlive_their_jobs(contributor: Contributor) -> None:
    contributor.submit()
    (number,) = send()
    change(number, status="done", lease_until=None, finished_at=func.now() - timedelta(days=31))
    with transaction() as session:
        ledger.forget_done(session, timedelta(days=30))
        assert session.scalar(select(func.count()).select_from(Job)) == 0
        assert session.scalar(select(Event.name)) == "submission.received"


def test_a_job_names_numbers_and_nothing_of_the_content(contributor: Contributor) -> None:
    contributor.submit(b"picture", title="Planted", contact="Planted")
    with transaction() as session:
        rows = session.execute(text("SELECT jobs::text FROM jobs")).scalars().all()
    assert len(rows) == 2
    assert not any("Planted" in row or contributor.receipt in row for row in rows)
