"""Heartbeat, start, stop and crash handling of a worker."""

import atexit
import contextlib
import gc
import os
import socket
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from celery.exceptions import TimeLimitExceeded, WorkerLostError
from celery.signals import (
    task_failure,
    worker_init,
    worker_process_init,
    worker_ready,
    worker_shutting_down,
)
from celery.utils.log import get_task_logger

from intake import sandbox
from intake.db import DatabaseUnavailable, drop_inherited_connections, transaction
from intake.documents.answers import READ
from intake.job_kinds import QUEUES
from intake.jobs import ledger, processes, recovery
from intake.models.heartbeat import HEARTBEAT_SECONDS
from intake.models.job import wake_relay
from intake.photos.answers import CLEAN, RETOUCH
from intake.settings import settings
from intake.text import answers as text_answers
from workers import consumer_watchdog, draining, process_stats
from workers.app import app

log = get_task_logger(__name__)

stopping = threading.Event()


@cache
def worker_name() -> str:
    """Name of this worker, with the name of its machine.

    A restarted worker has the same name. It therefore returns the jobs of the earlier worker to the queue.
    """
    return f"{settings().worker_name}@{socket.gethostname()}"


def beat(name: str, kind: str, **details: Any) -> None:
    """Write one heartbeat of a process to the database."""
    with transaction() as session:
        processes.beat(session, name, kind, details)


def _details() -> dict[str, Any]:
    return {
        **process_stats.read(),
        "sandbox": sandbox.strength(),
        "queues": [queue for queue in QUEUES if queue in app.amqp.queues.consume_from],
        "places": app.conf.worker_concurrency or os.cpu_count() or 1,
        "stopping": stopping.is_set(),
    }


def register() -> None:
    """Record the start of this worker, and set the jobs of its predecessor (of the same name) to pending."""
    with transaction() as session:
        if processes.was_stopping(session, worker_name()):
            recovery.hand_back(session, worker_name())
        recovery.return_of_worker(session, worker_name())
        processes.start(session, worker_name(), "worker", _details())
        ledger.unsend_all(session)
        wake_relay(session)


@worker_ready.connect
def _start(**_: Any) -> None:
    """Register the worker, and start its heartbeat thread.

    Celery receives the first message only after this function returns, so this worker runs no job yet.
    """
    while not stopping.is_set():
        try:
            register()
            break
        except DatabaseUnavailable:
            log.warning("worker: the database does not answer; trying again in a second")
            stopping.wait(1)
    atexit.register(_hand_back, os.getpid())
    threading.Thread(target=_heartbeat_loop, daemon=True, name="heartbeat").start()


def _heartbeat_loop() -> None:
    watchdog = consumer_watchdog.ConsumerWatchdog(worker_name(), _details()["queues"])
    while not stopping.wait(HEARTBEAT_SECONDS):
        _beat_once()
        with _log_errors():
            _check_stop_and_stall(watchdog)
    _beat_while_draining()


def _beat_while_draining() -> None:
    """Write heartbeats while the last jobs of a stopping worker run, which may take minutes.

    Never returns. The process ends this thread when it exits.
    """
    while True:
        _beat_once()
        time.sleep(HEARTBEAT_SECONDS)


def _beat_once() -> None:
    with _log_errors():
        beat(worker_name(), "worker", **_details())


def _check_stop_and_stall(watchdog: consumer_watchdog.ConsumerWatchdog) -> None:
    with transaction() as session:
        asked = processes.is_asked_to_stop(session, worker_name())
    if asked:
        draining.finish_and_stop(worker_name())
    elif watchdog.is_stalled():
        consumer_watchdog.exit_worker()


@contextlib.contextmanager
def _log_errors() -> Iterator[None]:
    """Log any error of the block, so that the heartbeat thread continues.

    Without heartbeats, the worker would be reported as stopped.
    """
    try:
        yield
    except Exception as error:
        log.warning("worker: no heartbeat: %s", type(error).__name__)


@worker_init.connect
def _before_fork(**_: Any) -> None:
    """Load the sandbox, which all worker processes share, and freeze the heap, once in their parent.

    A busy worker often replaces its processes. Without `gc.freeze`, garbage collection in each new process
    would copy the memory pages that it shares with the parent.
    """
    sandbox.load(CLEAN, RETOUCH, READ, text_answers.CLEAN)
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def _after_fork(**_: Any) -> None:
    drop_inherited_connections()


@task_failure.connect
def _process_ended(exception: BaseException | None = None, args: tuple[int, ...] = (), **_: Any) -> None:
    """Set a job back to pending when its process has died, before the job's lease expires.

    Runs in the parent of the worker processes.
    """
    if isinstance(exception, (WorkerLostError, TimeLimitExceeded)) and not stopping.is_set():
        with contextlib.suppress(DatabaseUnavailable), transaction() as session:
            recovery.return_of_process(session, worker_name(), args[0])
            wake_relay(session)


def _hand_back(worker_pid: int) -> None:
    """Set the jobs that a soft shutdown interrupted back to pending.

    If the database is unavailable, the jobs become pending when their leases expire. Registered with atexit,
    because Celery sends no shutdown signal if it had to interrupt tasks.
    """
    if os.getpid() != worker_pid:
        return
    with contextlib.suppress(DatabaseUnavailable), transaction() as session:
        if recovery.hand_back(session, worker_name()):
            wake_relay(session)


@worker_shutting_down.connect
def _stop(**_: Any) -> None:
    stopping.set()
