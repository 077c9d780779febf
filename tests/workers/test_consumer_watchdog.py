import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from celery.signals import task_received
from sqlalchemy import select

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Job
from intake.settings import Settings
from tests.broker import Broker
from workers import consumer_watchdog
from workers.consumer_watchdog import STALLED_SECONDS, ConsumerWatchdog
from workers.relay import Relay

NAME = "worker@here"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Advances the clock of the watchdog."""
    moved = [0.0]
    monkeypatch.setattr(ConsumerWatchdog, "received_at", 0.0)
    real = time.monotonic
    monkeypatch.setattr("workers.consumer_watchdog.time.monotonic", lambda: real() + moved[0])

    def move(seconds: float) -> None:
        moved[0] += seconds

    return move


def job() -> int:
    with transaction() as session:
        session.add(Job(kind="housekeeping.sweep", slot="1"))
    relay = Relay()
    relay.turn()
    relay.close()
    with transaction() as session:
        return session.scalars(select(Job.id)).one()


def test_messages_that_stay_in_the_queue_mean_a_stall(
    celery_app: Any, later: Callable[[float], None]
) -> None:
    watchdog = ConsumerWatchdog(NAME, ["housekeeping"])
    assert not watchdog.is_stalled(), "nothing lies there"
    job()
    assert not watchdog.is_stalled()
    later(STALLED_SECONDS - 1)
    assert not watchdog.is_stalled()
    later(1)
    assert watchdog.is_stalled()


def test_messages_in_other_queues_are_no_stall(celery_app: Any, later: Callable[[float], None]) -> None:
    job()
    watchdog = ConsumerWatchdog(NAME, ["text", "photos"])
    for _ in range(2):
        assert not watchdog.is_stalled()
        later(STALLED_SECONDS)


def test_a_received_message_ends_the_suspicion_of_a_stall(
    celery_app: Any, later: Callable[[float], None]
) -> None:
    job()
    watchdog = ConsumerWatchdog(NAME, ["housekeeping"])
    assert not watchdog.is_stalled()
    later(STALLED_SECONDS)
    task_received.send(sender=None)
    assert not watchdog.is_stalled()


def test_a_busy_worker_is_not_stalled(celery_app: Any, later: Callable[[float], None]) -> None:
    number = job()
    with transaction() as session:
        ledger.take(session, number, NAME)
    watchdog = ConsumerWatchdog(NAME, ["housekeeping"])
    for _ in range(2):
        assert not watchdog.is_stalled()
        later(STALLED_SECONDS)


def test_without_a_broker_nothing_is_stalled(
    app_settings: Settings, mortal_broker: Broker, later: Callable[[float], None]
) -> None:
    mortal_broker.stop()
    watchdog = ConsumerWatchdog(NAME, ["housekeeping"])
    for _ in range(2):
        assert not watchdog.is_stalled()
        later(STALLED_SECONDS)


def test_the_end_is_asked_for_and_then_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: sent.append(number))
    monkeypatch.setattr("workers.consumer_watchdog.time.sleep", lambda _seconds: None)
    consumer_watchdog.exit_worker()
    assert sent == [signal.SIGTERM, signal.SIGKILL]
