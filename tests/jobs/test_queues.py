from datetime import timedelta

import pytest
from sqlalchemy import func

from intake.db import transaction
from intake.health.status import system_status
from intake.job_kinds import QUEUES
from intake.jobs import ledger
from intake.jobs.queues import Queue, pause, queues
from intake.models import Editor, Job
from intake.settings import Settings
from tests.cast import Contributor


@pytest.fixture
def jobs(app_settings: Settings) -> list[int]:
    with transaction() as session:
        made = [Job(kind="housekeeping.sweep", slot=str(number)) for number in range(4)]
        session.add_all(made)
        session.flush()
        return [job.id for job in made]


def look() -> dict[str, Queue]:
    with transaction() as session:
        return {one.name: one for one in queues(session)}


def test_every_queue_is_named_though_it_is_empty(app_settings: Settings) -> None:
    found = look()
    assert tuple(found) == QUEUES
    assert all(
        (one.waiting, one.running, one.since, one.pause) == (0, (), None, None) for one in found.values()
    )


def test_what_waits_and_what_runs_and_what_only_rests(jobs: list[int]) -> None:
    with transaction() as session:
        ledger.take(session, jobs[0], "worker@here")
        session.get_one(Job, jobs[1]).run_at = func.now() + timedelta(hours=1)
        session.get_one(Job, jobs[2]).run_at = func.now() - timedelta(hours=1)
        session.get_one(Job, jobs[3]).queue = "text"
    found = look()
    assert (found["housekeeping"].waiting, found["text"].waiting) == (1, 1)
    assert [kind for kind, _ in found["housekeeping"].running] == ["housekeeping.sweep"]
    assert found["text"].running == ()
    with transaction() as session:
        assert found["housekeeping"].since == session.get_one(Job, jobs[2]).run_at


def test_a_paused_queue_says_who_and_why_and_what_waits_in_it_is_not_late(
    jobs: list[int], admin: Editor
) -> None:
    with transaction() as session:
        pause(session, "housekeeping", "The disk is full", admin)
    paused = look()["housekeeping"].pause
    assert paused is not None
    assert paused.editor is not None
    assert (paused.editor.name, paused.reason) == (admin.name, "The disk is full")
    with transaction() as session:
        found = system_status(session)
        assert (found.report.ok, found.jobs["pending"]) == (False, 4)


def ended(kind: str, slot: str, status: str, ago: int, error: str | None = None) -> None:
    with transaction() as session:
        at = func.now() - timedelta(seconds=ago)
        session.add(Job(kind=kind, slot=slot, status=status, finished_at=at, error=error))


def test_canaries_are_shown_but_not_counted(app_settings: Settings) -> None:
    ended("canary.photos", "1", "done", 300)
    ended("canary.photos", "2", "dead", 60, "OSError")
    ended("canary.text", "3", "dead", 300, "OSError")
    ended("canary.text", "4", "done", 60)
    ended("photo.clean", "5", "done", 30)
    with transaction() as session:
        session.add(Job(kind="canary.photos", slot="6"))
    found = look()
    photos, text = found["photos"], found["text"]
    assert (photos.canary.error, text.canary.error) == ("OSError", "")
    assert text.canary.at == text.canary.well_at
    assert photos.canary.at is not None
    assert photos.canary.well_at is not None
    assert timedelta(seconds=239) < photos.canary.at - photos.canary.well_at < timedelta(seconds=241)
    assert photos.last_ended_at is not None
    assert photos.last_ended_at > photos.canary.at
    assert (photos.waiting, photos.since) == (0, None)
    assert photos.due_since is not None
    assert found["notify"].canary.at is None
    with transaction() as session:
        assert (system_status(session).jobs["pending"], system_status(session).jobs["dead"]) == (0, 0)


def test_of_the_submissions_that_wait_each_is_counted_once(contributor: Contributor) -> None:
    contributor.submit(b"photo", b"photo")
    assert (look()["photos"].waiting, look()["photos"].submissions) == (2, 1)
