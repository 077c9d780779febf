"""Heartbeats: what each process last said of itself."""

import socket
import threading
from functools import cache
from typing import Any

from celery.signals import worker_process_init, worker_ready, worker_shutting_down
from celery.utils.log import get_task_logger

from intake.actions import heartbeat, ledger
from intake.db import DatabaseAway, forget_connections, transaction
from intake.models.heartbeat import EVERY_SECONDS
from intake.models.job import wake
from intake.photos import sandbox

log = get_task_logger(__name__)

stopping = threading.Event()


@cache
def worker_name() -> str:
    """One name a machine and worker, the same after a restart: what the last one was running is then ours."""
    return f"worker@{socket.gethostname()}"


def beat(name: str, kind: str, **details: Any) -> None:
    """Write one heartbeat."""
    with transaction() as session:
        heartbeat.beat(session, name, kind, details)


def register() -> None:
    """A worker starts: say so, and put back in line what its predecessor had in hand."""
    with transaction() as session:
        heartbeat.start(session, worker_name(), "worker", {"sandbox": sandbox.strength()})
        ledger.return_of_worker(session, worker_name())
        ledger.unsend_all(session)
        wake(session)


@worker_ready.connect
def _start(**_: Any) -> None:
    """Celery waits for this before it takes the first message, so nothing that runs yet is ours."""
    while not stopping.is_set():
        try:
            register()
            break
        except DatabaseAway:
            log.warning("worker: the database does not answer; trying again in a second")
            stopping.wait(1)
    threading.Thread(target=_beat_on, daemon=True, name="heartbeat").start()


def _beat_on() -> None:
    details = {"sandbox": sandbox.strength()}
    while not stopping.wait(EVERY_SECONDS):
        try:
            beat(worker_name(), "worker", **details)
        except Exception as error:
            # Whatever it was, a worker that falls silent for good would be taken for dead while it works.
            log.warning("worker: no heartbeat: %s", type(error).__name__)


@worker_process_init.connect
def _after_fork(**_: Any) -> None:
    forget_connections()
    sandbox.prepare()


@worker_shutting_down.connect
def _stop(**_: Any) -> None:
    stopping.set()
