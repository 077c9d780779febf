"""A worker that lives and hears nothing any more ends itself, so that whoever keeps it running starts it anew.

One way to become so is known, and is closed by `ack_emulation` in workers/app.py; a heart that beats on proves nothing of the others.
"""

import os
import signal
import time
from collections.abc import Collection
from typing import Any, ClassVar

from celery.signals import task_received
from celery.utils.log import get_task_logger
from sqlalchemy import func, select

from intake.db import DatabaseUnavailable, transaction
from intake.models import Job
from workers.broker import BROKER_ERRORS, ask

log = get_task_logger(__name__)

STALLED_SECONDS = 15
"""An idle worker takes a message within milliseconds."""
SHUTDOWN_SECONDS = 15
"""For an orderly end; the soft shutdown takes three."""


class ConsumerWatchdog:
    """Whether messages lie in the queues of a worker that has nothing to do, and none reaches it."""

    received_at: ClassVar[float] = 0.0

    def __init__(self, worker: str, queues: Collection[str]) -> None:
        self._worker, self._queues = worker, queues
        self._stalled_since: float | None = None

    def is_stalled(self) -> bool:
        """To be asked every few seconds; true once it has been so for DEAF_SECONDS."""
        if not self._is_starved():
            self._stalled_since = None
            return False
        now = time.monotonic()
        self._stalled_since = max(self._stalled_since or now, self.received_at)
        return now - self._stalled_since >= STALLED_SECONDS

    def _is_starved(self) -> bool:
        try:
            waiting = ask().waiting
            return any(waiting[queue] for queue in self._queues) and not self._busy()
        except (*BROKER_ERRORS, DatabaseUnavailable):
            return False

    def _busy(self) -> bool:
        with transaction() as session:
            running = select(func.count()).where(Job.status == "running", Job.worker == self._worker)
            return bool(session.scalar(running))


@task_received.connect
def _record_received(**_: Any) -> None:
    ConsumerWatchdog.received_at = time.monotonic()


def exit_worker() -> None:
    """In order if it still can, else at once."""
    log.warning(
        "worker: jobs lie in the broker and none has come for %s seconds: ending, to be started anew",
        STALLED_SECONDS,
    )
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SHUTDOWN_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
