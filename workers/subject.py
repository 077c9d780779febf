"""What a job is about."""

import uuid

from intake.models import Job
from workers.errors import Refused


def submission_of(job: Job) -> uuid.UUID:
    """The id of its submission; Refused where it names none."""
    if job.submission_id is None:
        raise Refused("this job names no submission")
    return job.submission_id


def photo_of(job: Job) -> uuid.UUID:
    """The id of its photo; Refused where it names none."""
    if job.photo_id is None:
        raise Refused("this job names no photo")
    return job.photo_id
