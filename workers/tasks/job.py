"""What a job is about."""

import uuid

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Job


def submission_of(job: Job) -> uuid.UUID:
    """The id of its submission; Refused where it names none."""
    if job.submission_id is None:
        raise JobRefused("this job names no submission")
    return job.submission_id


def photo_of(job: Job) -> uuid.UUID:
    """The id of its photo; Refused where it names none."""
    if job.photo_id is None:
        raise JobRefused("this job names no photo")
    return job.photo_id


def report_stage(job: Job, stage: str) -> None:
    """Say so in a transaction of its own: for what takes seconds, not for what takes milliseconds."""
    with transaction() as session:
        ledger.set_stage(session, job, stage)


class JobRefused(Exception):
    """This job can never succeed; the message says why, and says nothing of the content."""


class CanaryFailed(Exception):
    """Our own text or photo did not come out as it must; the message says what of it."""
