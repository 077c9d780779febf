from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.jobs.figures import COUNTING_LAG, count_ended
from intake.models import Job, JobsCounted, JobTotal
from intake.models.job_figures import BOUNDS
from intake.settings import Settings
from tests.together import at_once

LONG_AGO = COUNTING_LAG + timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _counted_long_ago(app_settings: Settings) -> None:
    with transaction() as session:
        session.add(JobsCounted(id=1, until=func.now() - 10 * COUNTING_LAG))


def ended(
    slot: str, ago: timedelta = LONG_AGO, *, wait: float = 0.03, run: float = 2.0, **values: Any
) -> None:
    end = func.now() - ago
    begin = end - timedelta(seconds=run)
    facts = {"kind": "photo.clean", "status": "done", "started_at": begin, "finished_at": end}
    facts["run_at"] = begin - timedelta(seconds=wait)
    with transaction() as session:
        session.add(Job(slot=slot, **facts | values))


def count() -> None:
    with transaction() as session:
        count_ended(session)


def totals() -> dict[tuple[str, str, str, int], tuple[int, float]]:
    with transaction() as session:
        return {
            (one.queue, one.outcome, one.measure, one.bucket): (one.count, round(one.seconds, 3))
            for one in session.scalars(select(JobTotal))
        }


def test_each_is_counted_once_by_queue_outcome_and_how_long(app_settings: Settings) -> None:
    ended("1")
    ended("2", wait=0.04)
    ended("3", status="dead", error="x", run=4000.0)
    ended("4", kind="canary.photos")
    count()
    count()
    assert totals() == {
        ("photos", "done", "wait", BOUNDS.index(0.05)): (2, 0.07),
        ("photos", "done", "run", BOUNDS.index(2.5)): (2, 4.0),
        ("photos", "dead", "wait", BOUNDS.index(0.05)): (1, 0.03),
        ("photos", "dead", "run", len(BOUNDS)): (1, 4000.0),
    }


def test_what_ended_just_now_is_counted_later(app_settings: Settings) -> None:
    ended("1", COUNTING_LAG - timedelta(seconds=30))
    count()
    assert totals() == {}
    with transaction() as session:
        session.scalars(select(Job)).one().finished_at = func.now() - COUNTING_LAG
        session.get_one(JobsCounted, 1).until = func.now() - COUNTING_LAG - timedelta(seconds=1)
    count()
    assert [counted for counted, _ in totals().values()] == [1, 1]


def test_counts_outlive_the_jobs(app_settings: Settings) -> None:
    ended("1")
    count()
    with transaction() as session:
        session.delete(session.scalars(select(Job)).one())
    ended("2")
    with transaction() as session:
        session.get_one(JobsCounted, 1).until = func.now() - 10 * COUNTING_LAG
    count()
    assert totals()["photos", "done", "run", BOUNDS.index(2.5)] == (2, 4.0)


def test_the_first_count_is_of_nothing(app_settings: Settings) -> None:
    ended("1")
    with transaction() as session:
        session.delete(session.get_one(JobsCounted, 1))
    count()
    count()
    assert totals() == {}


def test_two_at_once_count_once(app_settings: Settings) -> None:
    for number in range(5):
        ended(str(number))
    at_once(count, count, count, count)
    assert sum(counted for (_, _, measure, _), (counted, _) in totals().items() if measure == "run") == 5
