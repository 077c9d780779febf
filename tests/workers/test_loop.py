import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from intake.db import transaction
from intake.models import Heartbeat
from intake.models.heartbeat import HEARTBEAT_SECONDS
from intake.settings import Settings
from workers import loop
from workers.loop import HeartbeatWriter


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Hurried(threading.Event):
    """Event whose `wait` returns at once."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(0)


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.loop.threading", SimpleNamespace(Event=Hurried))


def turns(*what: BaseException | None) -> tuple[list[int], Callable[[], None]]:
    """A `turn` that returns or raises these in sequence. The last call also sends a stop signal."""
    done: list[int] = []

    def turn() -> None:
        done.append(len(done))
        if len(done) == len(what):
            os.kill(os.getpid(), signal.SIGTERM)
        raised = what[len(done) - 1]
        if raised:
            raise raised

    return done, turn


def no_pause(_stop: threading.Event) -> None:
    return


def test_it_turns_until_it_is_asked_to_stop(app_settings: Settings) -> None:
    done, turn = turns(None, None, None)
    loop.run("relay", turn, no_pause)
    assert done == [0, 1, 2]


def test_the_pause_gets_the_stop_event(app_settings: Settings) -> None:
    asked: list[bool] = []
    _, turn = turns(None, None)
    loop.run("relay", turn, lambda stop: asked.append(stop.is_set()))
    assert asked == [False, True]


def test_a_database_that_is_away_is_waited_for_and_said_once(
    app_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    gone = OperationalError("", None, psycopg.OperationalError())
    done, turn = turns(gone, psycopg.OperationalError(), gone, None, gone, None)
    loop.run("relay", turn, no_pause)
    assert len(done) == 6
    assert caplog.messages == ["relay: the database does not answer; trying again every second"] * 2


def test_anything_else_ends_the_process_for_the_supervisor_to_see(app_settings: Settings) -> None:
    _, turn = turns(None, ZeroDivisionError(), None)
    with pytest.raises(ZeroDivisionError):
        loop.run("relay", turn, no_pause)


def seen() -> Heartbeat:
    with transaction() as session:
        return session.scalars(select(Heartbeat)).one()


def test_the_first_heartbeat_records_the_start_and_later_ones_follow(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("workers.loop.time", SimpleNamespace(monotonic=lambda: now))
    pulse = HeartbeatWriter("relay", dict)
    pulse.beat()
    first = seen()
    assert (first.kind, first.started_at) == ("relay", first.seen_at)
    now += HEARTBEAT_SECONDS - 0.01
    pulse.beat()
    assert seen().seen_at == first.seen_at
    now += 0.01
    pulse.beat()
    assert seen().seen_at > first.seen_at
    assert seen().started_at == first.started_at
    HeartbeatWriter("relay", dict).beat()
    assert seen().started_at > first.started_at
