"""What an admin and the clock start, and what is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from intake.actions import ledger
from intake.actions.errors import NotFound
from intake.db import transaction
from intake.models import Editor, Event, Job
from intake.settings import Settings
from tests.actions.ledgering import change, fail, look, send, statuses, taken
from tests.cast import Contributor
from tests.together import at_once


def test_an_admin_runs_a_dead_job_again(contributor: Contributor, admin: Editor) -> None:
    contributor.submit()
    (number,) = send()
    fail(taken(number), final=True)
    with transaction() as session:
        ledger.retry(session, number, admin)
    job = look(number)
    assert (job.status, job.attempts, job.finished_at) == ("pending", 0, None)
    assert send() == [number]
    with transaction() as session:
        event = session.scalars(select(Event).where(Event.name == "job.retried")).one()
        assert (event.editor_id, event.data) == (admin.id, {"kind": "text.screen"})
        assert event.submission_id == contributor.submission_id


def test_a_job_of_the_clock_can_be_run_again_too(jobs: list[int], admin: Editor) -> None:
    fail(taken(jobs[0]), final=True)
    with transaction() as session:
        assert ledger.retry(session, jobs[0], admin).submission_id is None


def test_only_a_dead_job_is_run_again(jobs: list[int], admin: Editor) -> None:
    for number in (jobs[0], 10**9):
        with pytest.raises(NotFound), transaction() as session:
            ledger.retry(session, number, admin)


def test_two_schedulers_start_a_slot_once(app_settings: Settings) -> None:
    def start() -> bool:
        with transaction() as session:
            return ledger.schedule(session, "housekeeping.sweep", "housekeeping.sweep@7")

    assert sorted(at_once(start, start, start)) == [False, False, True]  # type: ignore[type-var]
    assert start() is False
    assert statuses() == ["pending"]


def test_jobs_done_long_ago_are_forgotten_and_others_kept(jobs: list[int]) -> None:
    old = {"finished_at": func.now() - timedelta(days=31)}
    change(jobs[0], status="done", **old)
    change(jobs[1], status="dead", error="ValueError", **old)
    change(jobs[2], status="done", finished_at=func.now() - timedelta(days=29))
    with transaction() as session:
        ledger.forget_done(session, timedelta(days=30))
    assert statuses() == ["dead", "done", "pending", "pending"]


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
