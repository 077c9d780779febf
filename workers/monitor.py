"""Heartbeats: what each process last said of itself."""

import socket
import threading
from functools import cache
from typing import Any

from celery.signals import worker_process_init, worker_ready, worker_shutting_down
from sqlalchemy.exc import OperationalError

from intake.actions import heartbeat, ledger
from intake.db import forget_connections, transaction
from intake.photos import sandbox

EVERY_SECONDS = 5.0
stopping = threading.Event()


@cache
def worker_name() -> str:
    """One name a machine and worker, the same after a restart: what the last one was running is then ours."""
    return f"worker@{socket.gethostname()}"


def beat(name: str, kind: str, **details: Any) -> None:
    """Write one heartbeat."""
    with transaction() as session:
        heartbeat.beat(session, name, kind, details)


def _beat_on() -> None:
    details = {"sandbox": sandbox.strength()}
    while not stopping.wait(EVERY_SECONDS):
        try:
            beat(worker_name(), "worker", **details)
        except OperationalError:
            continue  # the database is away; what we would say will be just as true in five seconds


@worker_ready.connect
def _start(**_: Any) -> None:
    with transaction() as session:
        heartbeat.start(session, worker_name(), "worker", {"sandbox": sandbox.strength()})
        ledger.return_of_worker(session, worker_name())
        ledger.unsend_all(session)
        ledger.wake(session)
    threading.Thread(target=_beat_on, daemon=True, name="heartbeat").start()


@worker_process_init.connect
def _after_fork(**_: Any) -> None:
    forget_connections()
    sandbox.prepare()


@worker_shutting_down.connect
def _stop(**_: Any) -> None:
    stopping.set()
