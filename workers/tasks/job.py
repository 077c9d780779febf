"""Helpers for handlers: ids and stage of a job, and errors."""

import uuid

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Job


def submission_of(job: Job) -> uuid.UUID:
    """Submission id of a job. Raises JobRefused if it has none."""
    if job.submission_id is None:
        raise JobRefused("this job names no submission")
    return job.submission_id


def photo_of(job: Job) -> uuid.UUID:
    """Photo id of a job. Raises JobRefused if it has none."""
    if job.photo_id is None:
        raise JobRefused("this job names no photo")
    return job.photo_id


def report_stage(job: Job, stage: str) -> None:
    """Store the stage of a running job in its own transaction. Use it only for stages that take seconds."""
    with transaction() as session:
        ledger.set_stage(session, job, stage)


class JobRefused(Exception):
    """The job can never succeed. The message gives the reason, and does not quote a submission."""


class CanaryFailed(Exception):
    """A canary cleaned or stored its test text or photo wrongly. The message describes the fault."""
