"""Handlers that apply decisions and batches."""

from intake.db import transaction
from intake.decisions import batch
from intake.decisions.settle import settle
from intake.jobs import ledger
from intake.models import Job
from workers.tasks.job import JobRefused, submission_of


def settle_decision(job: Job) -> None:
    """Apply the pending decision of a submission, unless an editor has undone it or it is not due yet."""
    with transaction() as session:
        settle(session, submission_of(job))


def run_batch(job: Job) -> None:
    """Decide each submission of a batch (one decision for many submissions) in its own transaction.

    If the job is interrupted, its next attempt decides the remaining submissions.
    """
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
