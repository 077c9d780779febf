import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.errors import NotFound
from intake.job_kinds import DISCARDABLE_KINDS, NEVER_DISCARDED
from intake.jobs.admin_actions import discard, retry
from intake.jobs.job_detail import JobStory, job
from intake.jobs.job_filter import JobFilter
from intake.jobs.recovery import return_of_worker
from intake.models import Editor, Job
from intake.settings import Settings
from tests.cast import Contributor
from tests.jobs.conftest import jobs
from tests.jobs.ledgering import NAME, fail, look, taken

__all__ = ["jobs"]


def story(job_id: int) -> JobStory:
    with transaction() as session:
        return job(session, job_id)


def test_what_is_not_there_is_not_found(app_settings: Settings) -> None:
    with pytest.raises(NotFound):
        story(1)


def test_a_job_of_the_clock_names_its_slot(jobs: list[int]) -> None:
    found = story(jobs[0])
    assert (found.started_by, found.started_at, found.traceback, found.incidents) == ("0", None, None, [])
    assert found.line.state == "waiting"


def test_a_job_of_an_event_names_it(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        number = session.scalars(select(Job.id)).one()
    found = story(number)
    assert (found.started_by, found.follows) == ("submission.received", NEVER_DISCARDED["text.screen"])


def test_all_that_befell_it_in_its_order(jobs: list[int], admin: Editor) -> None:
    taken(jobs[0])
    taken(jobs[1])
    with transaction() as session:
        return_of_worker(session, NAME)
    for number in jobs[:2]:
        with transaction() as session:
            session.get_one(Job, number).run_at = look(jobs[4]).run_at
        fail(taken(number), final=True)
    with transaction() as session:
        retry(session, JobFilter("dead"), admin, "The disk is back")
    with transaction() as session:
        discard(session, JobFilter(ids=(jobs[0],)), "It is not needed")
    found = story(jobs[0])
    assert [(one.event, one.actor, one.sentence, one.why) for one in found.incidents] == [
        ("worker.lost", None, f"Worker {NAME} died while it ran this job", ""),
        ("jobs.retried", "Daniel Ferreira", "Retried, one of 2", "The disk is back"),
        ("job.discarded", None, "Discarded", "It is not needed"),
    ]
    assert [one.event for one in story(jobs[1]).incidents] == ["worker.lost", "jobs.retried"]
    assert story(jobs[2]).incidents == []
    assert (found.last_worker, found.traceback, found.line.error) == (NAME, "here", "ValueError")


@pytest.mark.parametrize("end", ["dead", "discarded"])
def test_what_discarding_would_do_and_why_it_cannot_be_done(jobs: list[int], end: str) -> None:
    fail(taken(jobs[0]), final=True)
    assert story(jobs[0]).follows == DISCARDABLE_KINDS["housekeeping.sweep"]
    if end == "discarded":
        with transaction() as session:
            discard(session, JobFilter(ids=(jobs[0],)), "It is not needed")
        assert story(jobs[0]).follows == "It was already discarded."
