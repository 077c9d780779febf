"""The one wrapper that runs a job: take it, do it, record the outcome."""

import traceback
from collections.abc import Callable

from celery.utils.log import get_task_logger

from intake.actions import ledger
from intake.db import transaction
from intake.models import Job
from workers import housekeeping, screening
from workers.app import app
from workers.monitor import worker_name

log = get_task_logger(__name__)

HANDLERS: dict[str, Callable[[Job], None]] = {
    "text.screen": screening.screen_text,
    "photo.clean": screening.clean_photo,
    "submission.purge": housekeeping.purge_submission,
    "housekeeping.sweep": housekeeping.sweep,
}


class Refused(Exception):
    """This job can never succeed; the message says why, and says nothing of the content."""


@app.task(name="transom.run")
def run(job_id: int) -> None:
    """Run one job of the ledger; a second delivery of the same id finds nothing to do."""
    with transaction() as session:
        job = ledger.take(session, job_id, worker_name())
    if job is None:
        return
    try:
        HANDLERS[job.kind](job)
    except Exception as error:
        _record_failure(job, error)
    else:
        with transaction() as session:
            ledger.finish(session, job_id)
        log.info("job %s %s done", job_id, job.kind)


def _record_failure(job: Job, error: Exception) -> None:
    log.warning("job %s %s failed: %s", job.id, job.kind, type(error).__name__)
    with transaction() as session:
        ledger.fail(
            session, job.id, error=describe(error), traceback=frames(error), final=isinstance(error, Refused)
        )


def describe(error: Exception) -> str:
    """The error's class, and its message only where we wrote it: others may quote a contributor's words."""
    ours = type(error).__module__.split(".")[0] in {"intake", "workers"}
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    return f"{type(error).__name__}: {error}" if ours and str(error) else type(error).__name__


def frames(error: Exception) -> str:
    """Where it happened: files, lines and functions, without values or messages, back to the first cause."""
    cause = error.__cause__ or error.__context__
    earlier = f"{frames(cause)}\nwhich led to\n\n" if isinstance(cause, Exception) else ""
    return f"{earlier}{''.join(traceback.format_tb(error.__traceback__))}{describe(error)}\n"
