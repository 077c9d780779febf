import itertools
import threading
from collections import Counter
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, update

from intake.audit import heads
from intake.db import transaction
from intake.job_kinds import QUEUES
from intake.models import Editor, Job, QueueSample, record
from intake.models.job_figures import SAMPLE_SECONDS
from intake.settings import Settings
from workers import scheduler
from workers.scheduler import Scheduler, pause

PERIOD = 600


@pytest.fixture(autouse=True)
def one_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "SCHEDULES", {"housekeeping.sweep": PERIOD})


def slots() -> list[str | None]:
    with transaction() as session:
        return list(session.scalars(select(Job.slot).order_by(Job.id)))


def all_done() -> None:
    with transaction() as session:
        session.execute(update(Job).values(status="done", finished_at=func.now()))


def at(period: int, monkeypatch: pytest.MonkeyPatch, seconds: int = 0) -> None:
    monkeypatch.setattr("workers.scheduler.time", SimpleNamespace(time=lambda: period * PERIOD + seconds))


def test_each_period_starts_each_job_once(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Scheduler()
    for period, seconds in itertools.product((7, 8), (0, 1, PERIOD - 1)):
        at(period, monkeypatch, seconds)
        clock.turn()
        all_done()
    assert slots() == ["housekeeping.sweep@7", "housekeeping.sweep@8"]


def test_a_second_scheduler_and_a_restarted_one_start_nothing_again(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(7, monkeypatch)
    for clock in (Scheduler(), Scheduler()):
        clock.turn()
    assert slots() == ["housekeeping.sweep@7"]


def test_behind_a_queue_that_stands_still_nothing_piles_up(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Scheduler()
    for period in (7, 8, 9):
        at(period, monkeypatch)
        clock.turn()
    assert slots() == ["housekeeping.sweep@7"]


def test_what_the_queues_are_like_is_put_down_once_in_a_while_whoever_asks(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for clock, seconds in (
        (Scheduler(), 0),
        (Scheduler(), 1),
        (Scheduler(), SAMPLE_SECONDS - 1),
        (Scheduler(), SAMPLE_SECONDS),
    ):
        at(7, monkeypatch, seconds)
        clock.turn()
        clock.turn()
    with transaction() as session:
        found = list(session.scalars(select(QueueSample)))
    assert Counter(sample.queue for sample in found) == dict.fromkeys(QUEUES, 2)
    assert {sample.at.timestamp() for sample in found} == {7 * PERIOD, 7 * PERIOD + SAMPLE_SECONDS}


def test_what_could_not_be_written_is_written_at_the_next_turn(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(7, monkeypatch)
    clock = Scheduler()
    with monkeypatch.context() as broken:
        broken.setattr(scheduler, "wake_relay", lambda _session: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            clock.turn()
    assert slots() == []
    clock.turn()
    assert slots() == ["housekeeping.sweep@7"]


def test_periods_that_were_slept_through_are_not_made_up_for(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Scheduler()
    for period in (7, 90):
        at(period, monkeypatch)
        clock.turn()
        all_done()
    assert slots() == ["housekeeping.sweep@7", "housekeeping.sweep@90"]


def test_each_schedule_has_periods_of_its_own(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "SCHEDULES", {"housekeeping.sweep": PERIOD, "notify.digest": 2 * PERIOD})
    clock = Scheduler()
    for period in (6, 7, 8):
        at(period, monkeypatch)
        clock.turn()
        all_done()
    assert slots() == [
        "housekeeping.sweep@6", "notify.digest@3", "housekeeping.sweep@7", "housekeeping.sweep@8", "notify.digest@4",
    ]  # fmt: skip


def test_who_is_asked_to_stop_does_not_pause() -> None:
    stop = threading.Event()
    stop.set()
    pause(stop)


def test_new_events_are_linked_every_five_seconds(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    def head() -> str:
        with transaction() as session:
            return str(heads.current(session)).partition("-")[0]

    clock = Scheduler()
    at(7, monkeypatch)
    clock.turn()
    assert head() == "1"
    with transaction() as session:
        record(session, "queue.paused", actor=editor, queue="text")
    at(7, monkeypatch, 4)
    clock.turn()
    assert head() == "1"
    at(7, monkeypatch, 5)
    clock.turn()
    assert head() == "2"
