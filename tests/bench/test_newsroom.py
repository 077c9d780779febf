from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from intake.db import transaction
from intake.models import Job
from intake.settings import Settings
from tests.bench.newsroom import Newsroom
from tests.cast import Contributor, RunJobs


@pytest.fixture
def newsroom(app_settings: Settings, tmp_path: Path) -> Iterator[Newsroom]:
    context = {"folder": str(tmp_path), "url": "http://127.0.0.1:9", "database": app_settings.sqlalchemy_url}
    with Newsroom(context) as made:
        yield made


def test_a_submission_is_listed_after_its_screening(
    newsroom: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    assert newsroom.at_rest()
    contributor.submit(title="The dam")
    assert not newsroom.lists("The dam", photos=0)
    assert not newsroom.at_rest()
    assert newsroom.waiting() == 0
    run_jobs()
    assert newsroom.lists("The dam", photos=0)
    assert newsroom.at_rest()
    assert newsroom.waiting() == 1


def test_a_photo_that_was_refused_is_no_success(
    newsroom: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(b"GIF89a, but no picture", title="The dam")
    run_jobs()
    with pytest.raises(AssertionError, match=r"\[0\] instead of 1 clean photos"):
        newsroom.lists("The dam", photos=1)


def test_a_dead_job_is_no_rest(newsroom: Newsroom, contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        session.execute(update(Job).values(status="dead", error="lost", finished_at=Job.created_at))
    with pytest.raises(AssertionError, match="a job is dead"):
        newsroom.at_rest()
