"""Heartbeats: what each process last said of itself."""

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

from intake.db import DatabaseUnavailable, drop_inherited_connections, transaction
from intake.job_kinds import QUEUES
from intake.jobs import ledger, processes, recovery
from intake.models.heartbeat import HEARTBEAT_SECONDS
from intake.models.job import wake_relay
from intake.photos import sandbox
from intake.settings import settings
from workers import consumer_watchdog, draining, process_stats
from workers.app import app

log = get_task_logger(__name__)

stopping = threading.Event()


@cache
def worker_name() -> str:
    """One name a machine and worker, the same after a restart: what the last one was running is then ours."""
    return f"{settings().worker_name}@{socket.gethostname()}"


def beat(name: str, kind: str, **details: Any) -> None:
    """Write one heartbeat."""
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
    """A worker starts: say so, and put back in line what its predecessor had in hand."""
    with transaction() as session:
        if processes.was_stopping(session, worker_name()):
            recovery.hand_back(session, worker_name())
        recovery.return_of_worker(session, worker_name())
        processes.start(session, worker_name(), "worker", _details())
        ledger.unsend_all(session)
        wake_relay(session)


@worker_ready.connect
def _start(**_: Any) -> None:
    """Celery waits for this before it takes the first message, so nothing that runs yet is ours."""
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
    """What still runs may take minutes, and is not lost meanwhile. The thread ends with its process."""
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
    """A worker that falls silent for good would be taken for dead while it works."""
    try:
        yield
    except Exception as error:
        log.warning("worker: no heartbeat: %s", type(error).__name__)


@worker_init.connect
def _before_fork(**_: Any) -> None:
    """Once, and not in each of its processes, of which a busy worker has new ones all the time.

    What is there by now stays for good. A collection that looked at it would copy it, page by page, for each process anew.
    """
    sandbox.prepare()
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def _after_fork(**_: Any) -> None:
    drop_inherited_connections()


@task_failure.connect
def _process_ended(exception: BaseException | None = None, args: tuple[int, ...] = (), **_: Any) -> None:
    """In the worker itself, which has seen one of its processes end under a job: its lease need not run out first."""
    if isinstance(exception, (WorkerLostError, TimeLimitExceeded)) and not stopping.is_set():
        with contextlib.suppress(DatabaseUnavailable), transaction() as session:
            recovery.return_of_process(session, worker_name(), args[0])
            wake_relay(session)


def _hand_back(worker_pid: int) -> None:
    """What was not finished in the time that is left after SIGTERM is for others; without a database, its lease tells.

    At the exit of the worker itself: Celery's signal of a shutdown is not sent where tasks had to be broken off.
    """
    if os.getpid() != worker_pid:
        return
    with contextlib.suppress(DatabaseUnavailable), transaction() as session:
        if recovery.hand_back(session, worker_name()):
            wake_relay(session)


@worker_shutting_down.connect
def _stop(**_: Any) -> None:
    stopping.set()
