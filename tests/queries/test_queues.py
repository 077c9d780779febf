from datetime import timedelta

import pytest
from sqlalchemy import func

from intake.actions import ledger
from intake.actions.pause import pause
from intake.db import transaction
from intake.models import Editor, Job
from intake.queries.machinery import machinery
from intake.queries.queues import Queue, queues
from intake.queues import QUEUES
from intake.settings import Settings


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
        (one.waiting, one.running, one.since, one.pause) == (0, 0, None, None) for one in found.values()
    )


def test_what_waits_and_what_runs_and_what_only_rests(jobs: list[int]) -> None:
    with transaction() as session:
        ledger.take(session, jobs[0], "worker@here")
        session.get_one(Job, jobs[1]).run_at = func.now() + timedelta(hours=1)
        session.get_one(Job, jobs[2]).run_at = func.now() - timedelta(hours=1)
        session.get_one(Job, jobs[3]).queue = "text"
    found = look()
    assert (found["housekeeping"].waiting, found["housekeeping"].running) == (1, 1)
    assert (found["text"].waiting, found["text"].running) == (1, 0)
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
        found = machinery(session)
        assert (found.oldest, found.jobs["pending"]) == (None, 4)
