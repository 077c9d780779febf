"""The one wrapper that runs a job: take it, do it, record the outcome."""

import os
import time
import traceback
from collections.abc import Callable
from typing import TypeVar

from celery.utils.log import get_task_logger

from intake.db import DatabaseUnavailable, autocommit
from intake.errors import NotFound
from intake.job_kinds import job_kind
from intake.jobs import ledger
from intake.jobs.ledger import Database
from intake.logs import log_context
from intake.models import Job
from intake.models.submission import short
from workers.app import RUN, app
from workers.monitor import worker_name
from workers.tasks import canaries, decisions, housekeeping, notifications, retouches, screening
from workers.tasks.job import JobRefused

log = get_task_logger(__name__)

HANDLERS: dict[str, Callable[[Job], None]] = {
    "text.screen": screening.screen_text,
    "photo.clean": screening.clean_photo,
    "photo.delete": housekeeping.delete_photo,
    "photo.retouch": retouches.retouch_photo,
    "submission.purge": housekeeping.purge_submission,
    "decision.settle": decisions.settle_decision,
    "batch.run": decisions.run_batch,
    "notify.now": notifications.notify_now,
    "notify.digest": notifications.send_digests,
    "housekeeping.sweep": housekeeping.sweep,
    "canary.text": canaries.try_text,
    "canary.photos": canaries.try_photo,
    "canary.notify": canaries.try_mail,
    "canary.publish": canaries.do_nothing,
    "canary.housekeeping": canaries.do_nothing,
}
# Another attempt would find the same.
FINAL_ERRORS = (JobRefused, NotFound)


@app.task(name=RUN)
def run(job_id: int) -> None:
    """Run one job of the ledger; a second delivery of the same id finds nothing to do."""
    job = with_retry(lambda database: ledger.take(database, job_id, worker_name()))
    if job is not None:
        with log_context(job=job.id, kind=job.kind, queue=job.queue, submission=_short_id(job)):
            _run(job)


def _run(job: Job) -> None:
    try:
        HANDLERS[job.kind](job)
    except Exception as error:
        _record_failure(job, error)
    else:
        with_retry(lambda database: ledger.finish(database, job))
        log.info("job done")


def _short_id(job: Job) -> str:
    return short(job.submission_id) if job.submission_id else ""


def _record_failure(job: Job, error: Exception) -> None:
    log.warning("job failed: %s", type(error).__name__)
    final = isinstance(error, FINAL_ERRORS) or job_kind(job.kind).single_attempt
    error_text, traceback_text = describe(error), format_frames(error)
    with_retry(
        lambda database: ledger.fail(database, job, error=error_text, traceback=traceback_text, final=final)
    )


def describe(error: Exception) -> str:
    """The error's class, and its message only where we wrote it: others may quote a contributor's words."""
    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno:
        # Of the number and not of the error, whose own text may name a file or anything else.
        return f"{kind}: {os.strerror(error.errno)}"
    ours = type(error).__module__.split(".")[0] in {"intake", "workers"}
    return f"{kind}: {error}" if ours and str(error) else kind


def format_frames(error: Exception) -> str:
    """Where it happened: files, lines and functions, without values or messages, back to the first cause."""
    cause = error.__cause__ or error.__context__
    earlier = f"{format_frames(cause)}\nwhich led to\n\n" if isinstance(cause, Exception) else ""
    return f"{earlier}{''.join(traceback.format_tb(error.__traceback__))}{describe(error)}\n"


T = TypeVar("T")

RETRY_SECONDS = 20
"""A PostgreSQL that was killed is back by then; without its word a job that is over would wait out its lease."""
RETRY_INTERVAL_SECONDS = 0.25


def with_retry(what: Callable[[Database], T]) -> T:
    """Carry `what` out, and try again while the database is away, for RETRY_SECONDS at most; DatabaseUnavailable."""
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        try:
            with autocommit() as database:
                return what(database)
        except DatabaseUnavailable:
            if time.monotonic() >= deadline:
                raise
            time.sleep(RETRY_INTERVAL_SECONDS)
