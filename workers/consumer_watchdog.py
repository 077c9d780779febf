"""Watchdog for a stalled consumer: a worker that is alive but receives no more messages.

A stalled worker exits, and its supervisor restarts it. `ack_emulation` in workers/app.py prevents the only
known cause of a stall. The heartbeat does not show a stall, because another thread writes it.
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
"""Seconds without a message after which an idle worker counts as stalled.

A worker that is not stalled receives a waiting message within milliseconds.
"""
SHUTDOWN_SECONDS = 15
"""Seconds between SIGTERM and SIGKILL. Celery's soft shutdown needs three seconds."""


class ConsumerWatchdog:
    """Detects that an idle worker receives no messages although some are waiting in its queues."""

    received_at: ClassVar[float] = 0.0

    def __init__(self, worker: str, queues: Collection[str]) -> None:
        self._worker, self._queues = worker, queues
        self._stalled_since: float | None = None

    def is_stalled(self) -> bool:
        """Return whether the consumer has been stalled for STALLED_SECONDS. Call it every few seconds."""
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
    """Stop this worker by SIGTERM, and by SIGKILL if it still runs after SHUTDOWN_SECONDS."""
    log.warning(
        "worker: received no message for %s seconds although its queues hold some: exiting to be restarted",
        STALLED_SECONDS,
    )
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SHUTDOWN_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
