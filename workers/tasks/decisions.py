"""Decisions take effect."""

from intake.db import transaction
from intake.decisions import batch
from intake.decisions.settle import settle
from intake.jobs import ledger
from intake.models import Job
from workers.tasks.job import JobRefused, submission_of


def settle_decision(job: Job) -> None:
    """Let the decision of a submission take effect, unless it was taken back or is not due yet."""
    with transaction() as session:
        settle(session, submission_of(job))


def run_batch(job: Job) -> None:
    """Decide each item in a transaction of its own; a worker that was ended in the middle is followed by one that goes on."""
    if job.event_id is None:
        raise JobRefused("this job names no event")
    with transaction() as session:
        batch_id, waiting = batch.waiting_items(session, job.event_id)
    for number, submission_id in enumerate(waiting, start=1):
        with transaction() as session:
            ledger.set_stage(session, job, f"{number} of {len(waiting)}")
            batch.decide_item(session, batch_id, submission_id)
    with transaction() as session:
        batch.finish_batch(session, batch_id)
