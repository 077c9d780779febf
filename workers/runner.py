"""Celery task that runs a job: mark the job as running, call its handler, record the result."""

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
from intake.magazine import chosen
from intake.models import Job
from workers.app import RUN, app
from workers.monitor import worker_name
from workers.tasks import (
    account_mail,
    canaries,
    decisions,
    faces,
    heads,
    housekeeping,
    notifications,
    retention,
    retouches,
    screening,
    search,
)
from workers.tasks.job import JobRefused

log = get_task_logger(__name__)

HANDLERS: dict[str, Callable[[Job], None]] = {
    "text.screen": screening.screen_text,
    "search.index": search.index_submission,
    "photo.clean": screening.clean_photo,
    "photo.delete": housekeeping.delete_photo,
    "original.delete": housekeeping.delete_original,
    "photo.retouch": retouches.retouch_photo,
    "photo.faces": faces.suggest_faces,
    "submission.purge": housekeeping.purge_submission,
    "decision.settle": decisions.settle_decision,
    "batch.run": decisions.run_batch,
    "notify.now": notifications.notify_now,
    "notify.overruled": notifications.notify_overruled,
    "notify.digest": notifications.send_digests,
    "notify.head": heads.send_heads,
    "notify.account": account_mail.tell_account,
    "notify.login_link": account_mail.send_login_link,
    "notify.test": account_mail.send_test,
    "housekeeping.sweep": housekeeping.sweep,
    "retention.run": retention.run,
    "housekeeping.scrub": housekeeping.scrub_database,
    "canary.text": canaries.try_text,
    "canary.photos": canaries.try_photo,
    "canary.notify": canaries.try_mail,
    "canary.publish": canaries.do_nothing,
    "canary.housekeeping": canaries.do_nothing,
}
# A job that fails with one of these errors becomes dead without a retry, because a retry cannot succeed.
FINAL_ERRORS = (JobRefused, NotFound)


@app.task(name=RUN)
def run(job_id: int) -> None:
    """Run one job of the ledger. Does nothing for a duplicate message."""
    job = with_retry(lambda database: ledger.take(database, job_id, worker_name()))
    if job is not None:
        chosen.refresh()
        with log_context(job=job.id, kind=job.kind, queue=job.queue):
            _run(job)


def _run(job: Job) -> None:
    try:
        HANDLERS[job.kind](job)
    except Exception as error:
        _record_failure(job, error)
    else:
        with_retry(lambda database: ledger.finish(database, job))
        # Not at the level INFO, because the exact time in a log would reveal when the contributor sent the submission.
        log.debug("job done")


def _record_failure(job: Job, error: Exception) -> None:
    log.warning("job failed: %s", type(error).__name__)
    final = isinstance(error, FINAL_ERRORS) or job_kind(job.kind).single_attempt
    error_text, traceback_text = describe(error), format_frames(error)
    with_retry(
        lambda database: ledger.fail(database, job, error=error_text, traceback=traceback_text, final=final)
    )


def describe(error: Exception) -> str:
    """Class name of an error, with its message if Transom defines the class.

    The messages of other errors are left out, because they may quote the text of a contributor.
    """
    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno:
        # `os.strerror` describes the error number. The message of the error may contain a file name.
        return f"{kind}: {os.strerror(error.errno)}"
    ours = type(error).__module__.split(".")[0] in {"intake", "workers"}
    return f"{kind}: {error}" if ours and str(error) else kind


def format_frames(error: Exception) -> str:
    """Traceback of an error and of all its causes, without values of variables.

    Each error is described by `describe`, so that messages of libraries are left out.
    """
    cause = error.__cause__ or error.__context__
    earlier = f"{format_frames(cause)}\nwhich led to\n\n" if isinstance(cause, Exception) else ""
    return f"{earlier}{''.join(traceback.format_tb(error.__traceback__))}{describe(error)}\n"


T = TypeVar("T")

RETRY_SECONDS = 20
"""Seconds for which a ledger statement is retried. A killed PostgreSQL restarts within this time.

A finished job whose result cannot be recorded would stay `running` until its lease expires.
"""
RETRY_INTERVAL_SECONDS = 0.25


def with_retry(what: Callable[[Database], T]) -> T:
    """Call `what`, which runs a ledger statement, and return its result.

    Retries for RETRY_SECONDS while the database is unavailable, then raises DatabaseUnavailable.
    """
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        try:
            with autocommit() as database:
                return what(database)
        except DatabaseUnavailable:
            if time.monotonic() >= deadline:
                raise
            time.sleep(RETRY_INTERVAL_SECONDS)
