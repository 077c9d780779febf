"""Graceful stop of a worker: it starts no more jobs, and exits once the running ones are done."""

import os

from celery.signals import worker_shutting_down
from celery.utils.log import get_task_logger
from celery.worker import state

log = get_task_logger(__name__)


def finish_and_stop(name: str) -> None:
    """Start Celery's warm shutdown in this worker: finish the running jobs, then exit.

    No signal starts a warm shutdown, because SIGTERM and SIGINT stop a worker of Transom within seconds.
    """
    log.warning("worker: asked to finish running jobs and exit")
    worker_shutting_down.send(sender=name, sig="", how="Warm", exitcode=os.EX_OK)
    state.should_stop = os.EX_OK  # type: ignore[assignment]  # None until somebody stops it
