import atexit
import gc
import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from celery.signals import worker_init
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from intake.db import transaction
from intake.errors import NotFound
from intake.jobs import ledger, processes
from intake.models import Event, Heartbeat, Job
from intake.models.heartbeat import FORGOTTEN_AFTER
from intake.settings import Settings
from workers import monitor
from workers.consumer_watchdog import ConsumerWatchdog
from workers.monitor import beat, register, worker_name


class Stopping:
    """Event that is set after a number of checks, without waiting."""

    def __init__(self, turns: int) -> None:
        self.turns = turns

    def is_set(self) -> bool:
        return self.turns < 0

    def wait(self, _timeout: float) -> bool:
        self.turns -= 1
        return self.turns < 0


class NoThread:
    """Records the thread that would be started."""

    started = 0

    def __init__(self, **_: Any) -> None:
        pass

    def start(self) -> None:
        type(self).started += 1


def test_a_worker_has_the_same_name_after_a_restart() -> None:
    first = worker_name()
    worker_name.cache_clear()
    assert worker_name() == first
    assert first.startswith("worker@")


def test_a_worker_that_starts_puts_back_in_line_what_its_predecessor_had(app_settings: Settings) -> None:
    with transaction() as session:
        made = [Job(kind="housekeeping.sweep", slot=str(number)) for number in range(3)]
        session.add_all(made)
        session.flush()
        ledger.send_due(session, 3)
        ledger.take(session, made[0].id, worker_name())
        ledger.take(session, made[1].id, "worker@elsewhere")
    register()
    with transaction() as session:
        assert list(session.scalars(select(Job.status).order_by(Job.id))) == ["pending", "running", "pending"]
        (processes,) = session.scalars(select(Heartbeat))
        assert (processes.name, processes.kind) == (worker_name(), "worker")
        assert processes.details["sandbox"] in {"full", "limits only"}


@pytest.mark.parametrize(("last", "losses"), [({}, 1), ({"stopping": True}, 0)])
def test_a_predecessor_that_was_asked_to_stop_is_no_loss_though_it_was_cut_short(
    app_settings: Settings, last: dict[str, bool], losses: int
) -> None:
    with transaction() as session:
        made = Job(kind="housekeeping.sweep", slot="1")
        session.add(made)
        session.flush()
        ledger.take(session, made.id, worker_name())
    beat(worker_name(), "worker", **last)
    register()
    with transaction() as session:
        job = session.scalars(select(Job)).one()
        assert (job.status, job.attempts) == ("pending", losses)
        assert session.scalar(select(func.count()).where(Event.name == "worker.lost")) == losses
        assert not session.get_one(Heartbeat, worker_name()).details.get("stopping")


def away() -> OperationalError:
    return OperationalError("", None, psycopg.OperationalError())


def test_a_worker_waits_for_the_database_before_it_takes_anything(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers: list[Exception | None] = [away(), away(), None]

    def registering() -> None:
        answer = answers.pop(0)
        if answer:
            raise answer

    monkeypatch.setattr(monitor, "register", registering)
    monkeypatch.setattr(monitor, "stopping", Stopping(5))
    monkeypatch.setattr(threading, "Thread", NoThread)
    monkeypatch.setattr(atexit, "register", lambda *_: None)
    before = NoThread.started
    monitor._start()
    assert answers == []
    assert NoThread.started == before + 1


def test_a_worker_that_is_asked_to_stop_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise away()

    monkeypatch.setattr(monitor, "register", never)
    monkeypatch.setattr(monitor, "stopping", Stopping(2))
    monkeypatch.setattr(threading, "Thread", NoThread)
    monkeypatch.setattr(atexit, "register", lambda *_: None)
    monitor._start()


@pytest.mark.parametrize("error", [away(), RuntimeError("pool"), ValueError()])
def test_heartbeats_continue_after_any_error(
    app_settings: Settings, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats: list[tuple[str, bool]] = []
    listened = []

    def failing(name: str, _kind: str, *, stopping: bool = False, **_: Any) -> None:
        beats.append((name, stopping))
        raise error

    def stalled(_self: object) -> bool:
        listened.append(True)
        raise error

    def ended(_seconds: float) -> None:
        raise SystemExit

    monkeypatch.setattr(monitor, "beat", failing)
    monkeypatch.setattr("workers.consumer_watchdog.ConsumerWatchdog.is_stalled", stalled)
    monkeypatch.setattr(monitor, "stopping", Stopping(3))
    monkeypatch.setattr("workers.monitor.time", SimpleNamespace(sleep=ended))
    with pytest.raises(SystemExit):
        monitor._heartbeat_loop()
    assert beats == [(worker_name(), False)] * 3 + [(worker_name(), True)]
    assert len(listened) == 3


def test_a_worker_that_an_admin_asks_to_stop_begins_to(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("workers.consumer_watchdog.ConsumerWatchdog.is_stalled", lambda _: False)
    monkeypatch.setattr("workers.draining.finish_and_stop", asked.append)
    register()
    watchdog = ConsumerWatchdog(worker_name(), [])
    monitor._check_stop_and_stall(watchdog)
    assert asked == []
    with transaction() as session:
        assert processes.ask_to_stop(session, worker_name())
        assert not processes.ask_to_stop(session, worker_name()), "once is enough"
        processes.start(session, "worker@gone", "worker", {})
        session.get_one(Heartbeat, "worker@gone").seen_at -= FORGOTTEN_AFTER
        for nobody in ("worker@nowhere", "worker@gone"):
            with pytest.raises(NotFound):
                processes.ask_to_stop(session, nobody)
    monitor._check_stop_and_stall(watchdog)
    assert asked == [worker_name()]
    register()
    monitor._check_stop_and_stall(watchdog)
    assert asked == [worker_name()], "the one that was started since is another"


def test_a_beat_renews_what_is_known_of_a_process(app_settings: Settings) -> None:
    beat("worker@here", "worker", sandbox="full")
    with transaction() as session:
        session.execute(update(Heartbeat).values(seen_at=func.now() - timedelta(hours=1)))
    beat("worker@here", "worker", sandbox="limits only")
    with transaction() as session:
        (found,) = session.scalars(
            select(Heartbeat).where(Heartbeat.seen_at > func.now() - timedelta(minutes=30))
        )
    assert found.details == {"sandbox": "limits only"}


def test_a_worker_that_shuts_down_stops_its_heartbeats(monkeypatch: pytest.MonkeyPatch) -> None:
    event = threading.Event()
    monkeypatch.setattr(monitor, "stopping", event)
    monitor._stop()
    assert event.is_set()


def test_what_all_processes_need_is_ready_before_they_are_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[int] = []
    monkeypatch.setattr("workers.monitor.sandbox.load", lambda *tasks: prepared.append(len(tasks)))
    worker_init.send(sender=None)
    kept = gc.get_freeze_count()
    gc.unfreeze()
    assert prepared == [4]
    assert kept > 0
