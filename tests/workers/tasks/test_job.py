import uuid

import pytest

from intake.models import Job
from workers.tasks.job import JobRefused, photo_of, submission_of


def test_what_a_job_is_about() -> None:
    job = Job(submission_id=uuid.UUID(int=1), photo_id=uuid.UUID(int=2))
    assert submission_of(job) == uuid.UUID(int=1)
    assert photo_of(job) == uuid.UUID(int=2)


def test_a_job_of_the_clock_is_about_nobody() -> None:
    job = Job(slot="housekeeping.sweep@1")
    with pytest.raises(JobRefused, match="no submission"):
        submission_of(job)
    with pytest.raises(JobRefused, match="no photo"):
        photo_of(job)
