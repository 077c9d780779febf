from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.jobs.coarsening import EXACT_TIME, TIMES, coarsen_ended
from intake.models import Job, contribution_time
from tests.cast import Contributor, RunJobs


@pytest.fixture
def done(contributor: Contributor, run_jobs: RunJobs) -> int:
    """Id of a job of a contributor's text that has just ended."""
    contributor.submit()
    run_jobs()
    with transaction() as session:
        return session.scalars(select(Job.id)).one()


def exact(job_id: int) -> list[str]:
    """Names of the columns of a job whose time is not rounded."""
    with transaction() as session:
        row = session.execute(select(*TIMES).where(Job.id == job_id)).one()
    return [
        name
        for name, at in row._mapping.items()
        if at is not None and not contribution_time.is_coarse_moment(at)
    ]


def change(job_id: int, **values: object) -> None:
    with transaction() as session:
        session.execute(update(Job).where(Job.id == job_id).values(**values))


def coarsen() -> None:
    with transaction() as session:
        coarsen_ended(session)


def test_times_stay_exact_for_the_statistics_and_then_do_not(done: int) -> None:
    coarsen()
    assert len(exact(done)) == 5
    change(done, finished_at=func.now() - EXACT_TIME - timedelta(seconds=1))
    coarsen()
    assert exact(done) == []


@pytest.mark.parametrize("status", ["dead", "discarded"])
def test_all_ended_jobs_lose_their_times(done: int, status: str) -> None:
    change(done, finished_at=func.now() - timedelta(hours=1), status=status, error="x")
    coarsen()
    assert exact(done) == []


def test_open_jobs_keep_their_times(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        job_id = session.scalars(select(Job.id)).one()
    change(job_id, created_at=func.now() - timedelta(days=2))
    coarsen()
    assert exact(job_id) == ["created_at", "run_at", "turn_at"]


def test_scheduled_jobs_keep_their_times(done: int) -> None:
    change(done, slot="housekeeping.sweep@7", event_id=None, finished_at=func.now() - timedelta(hours=1))
    coarsen()
    assert len(exact(done)) == 5
