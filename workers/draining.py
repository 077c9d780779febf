"""Ending a worker in order: it takes up nothing more, and ends once what runs has come to its end."""

import os

from celery.signals import worker_shutting_down
from celery.utils.log import get_task_logger
from celery.worker import state

log = get_task_logger(__name__)


def finish_and_stop(name: str) -> None:
    """As Celery's warm shutdown, for which there is no signal left: SIGTERM and SIGINT are to end a worker within seconds."""
    log.warning("worker: asked to finish what runs and to stop")
    worker_shutting_down.send(sender=name, sig="", how="Warm", exitcode=os.EX_OK)
    state.should_stop = os.EX_OK  # type: ignore[assignment]  # None until somebody stops it
