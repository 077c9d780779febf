from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.jobs.schedules import GRACE, Schedule, schedules
from intake.models import Job
from intake.settings import Settings
from intake.subscriptions import SCHEDULES

KIND = "housekeeping.sweep"
EVERY = timedelta(seconds=SCHEDULES[KIND])


def clock(ago: timedelta, **values: Any) -> None:
    with transaction() as session:
        done = {"status": "done", "finished_at": func.now() - ago} | values
        session.add(Job(kind=KIND, slot=f"{ago}", created_at=func.now() - ago, **done))


def look() -> tuple[Schedule, datetime]:
    with transaction() as session:
        now = session.scalars(select(func.now())).one()
        found = {one.kind: one for one in schedules(session, now)}
    assert found.keys() == SCHEDULES.keys()
    return found[KIND], now


def test_one_that_was_never_started(app_settings: Settings) -> None:
    found, now = look()
    assert (found.last_at, found.missed, found.under_way) == (None, 0, False)
    assert now < found.next_at <= now + EVERY


def test_when_it_was_last_started(app_settings: Settings) -> None:
    clock(timedelta(seconds=30))
    clock(3 * EVERY)
    found, now = look()
    assert found.last_at is not None
    assert timedelta(seconds=30) <= now - found.last_at < EVERY
    assert found.missed == 0
    assert found.next_at.timestamp() % EVERY.total_seconds() == 0


@pytest.mark.parametrize(
    ("ago", "missed"),
    [(EVERY + GRACE - timedelta(seconds=5), {0}), (EVERY + GRACE + timedelta(seconds=5), {1, 2}), (10 * EVERY, {10})],
)  # fmt: skip
def test_what_was_missed(app_settings: Settings, ago: timedelta, missed: set[int]) -> None:
    clock(ago)
    assert look()[0].missed in missed


def test_behind_one_that_is_under_way_none_is_missed(app_settings: Settings) -> None:
    clock(10 * EVERY, status="pending", finished_at=None)
    found, _ = look()
    assert (found.under_way, found.missed) == (True, 0)


def test_a_job_that_ended_late_kept_the_scheduler_from_starting_others(app_settings: Settings) -> None:
    """Times that passed while the previous job was running do not count as missed by the scheduler."""
    clock(10 * EVERY, finished_at=func.now())
    assert look()[0].missed == 0


def test_due_times_after_a_late_end_are_missed(app_settings: Settings) -> None:
    clock(10 * EVERY, finished_at=func.now() - 3 * EVERY)
    assert look()[0].missed == 3
