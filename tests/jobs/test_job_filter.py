import uuid
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.jobs.job_filter import STATES, JobFilter
from intake.models import Job
from intake.models.job import STATUSES
from tests.cast import Contributor
from tests.jobs.ledgering import change, fail, send, taken


def found(chosen: JobFilter) -> list[int]:
    with transaction() as session:
        return list(session.scalars(select(Job.id).where(*chosen.where()).order_by(Job.id)))


@pytest.fixture
def in_each_state(jobs: list[int]) -> dict[str, list[int]]:
    """Five jobs as {state: job ids}. A job that was sent counts as waiting."""
    assert send(1) == [jobs[0]]
    change(jobs[1], run_at=func.now() + timedelta(hours=1))
    taken(jobs[2])
    fail(taken(jobs[3]), final=True)
    return {"waiting": [jobs[0], jobs[4]], "pausing": [jobs[1]], "running": [jobs[2]], "dead": [jobs[3]]}


def test_a_job_stands_in_one_way(in_each_state: dict[str, list[int]]) -> None:
    assert {state: found(JobFilter(state)) for state in STATES if found(JobFilter(state))} == in_each_state


def test_every_status_belongs_to_a_state(jobs: list[int]) -> None:
    """A filter by state finds jobs of every status."""
    ends = {"finished_at": func.now(), "error": "ValueError"}
    works = {"lease_until": func.now(), "worker": "w", "started_at": func.now()}
    for status in STATUSES:
        more = (
            works
            if status in {"sent", "running"}
            else ends
            if status in {"done", "dead", "discarded"}
            else {}
        )
        change(jobs[0], status=status, **{"lease_until": None, "finished_at": None} | more)
        assert sum(jobs[0] in found(JobFilter(state)) for state in STATES) == 1, status


def test_without_a_status_all_that_is_not_over(in_each_state: dict[str, list[int]], jobs: list[int]) -> None:
    assert found(JobFilter()) == jobs
    for number, status in zip(jobs, ("done", "discarded"), strict=False):
        change(number, status=status, lease_until=None, finished_at=func.now())
    assert found(JobFilter()) == jobs[2:]


def test_what_is_asked_for_must_all_be_so(contributor: Contributor, jobs: list[int]) -> None:
    contributor.submit(b"picture")
    for number in jobs[:2]:
        fail(taken(number), final=True)
    change(jobs[1], error="KeyError")
    assert found(JobFilter(error="ValueError")) == [jobs[0]]
    assert found(JobFilter(error="Value")) == []
    assert found(JobFilter("dead", queue="housekeeping", kind="housekeeping.sweep", error="KeyError")) == [
        jobs[1]
    ]
    assert found(JobFilter("waiting", error="KeyError")) == []
    assert len(found(JobFilter(queue="photos"))) == len(found(JobFilter(kind="photo.clean"))) == 1


def test_a_submission_is_named_by_the_beginning_of_its_id(contributor: Contributor, jobs: list[int]) -> None:
    here = contributor.submit(b"picture")
    contributor.submit()
    for typed in (str(here), str(here)[:8], str(here)[:13], str(here).upper(), here.hex):
        assert len(found(JobFilter(submission=typed))) == 2, typed
    for typed in (str(uuid.uuid4()), "nonsense", f"{here}0", "' OR 1"):
        assert found(JobFilter(submission=typed)) == [], typed


def test_named_jobs_are_those_alone_whatever_their_status(
    in_each_state: dict[str, list[int]], jobs: list[int]
) -> None:
    change(jobs[0], status="done", lease_until=None, finished_at=func.now())
    assert found(JobFilter(ids=(jobs[0], jobs[3]))) == [jobs[0], jobs[3]]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ({}, JobFilter()),
        ({"status": "dead", "kind": " photo.clean ", "page": "2"}, JobFilter("dead", kind="photo.clean")),
        ({"status": "buried", "queue": "slow", "ids": "1,2"}, JobFilter()),
        (
            {"error": "OSError: No\0 space", "submission": "0c4a"},
            JobFilter(error="OSError: No space", submission="0c4a"),
        ),
    ],
)
def test_the_words_of_an_address(words: Mapping[str, str], chosen: JobFilter) -> None:
    assert JobFilter.parse(words) == chosen
    assert JobFilter.parse(chosen.words()) == chosen
