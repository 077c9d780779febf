from sqlalchemy import select

from intake.db import transaction
from intake.job_kinds import CANARIES
from intake.models import Event, Job
from intake.settings import Settings
from intake.subscriptions import SCHEDULES
from tests.cli.commands import transom


def run(*args: str) -> tuple[int, str]:
    done = transom("schedule", *args)
    return done.exit_code, done.output


def test_what_the_clock_starts_is_listed(app_settings: Settings) -> None:
    code, listed = run("list")
    assert code == 0
    assert {line.split()[0] for line in listed.splitlines()} == SCHEDULES.keys()
    assert all("last never" in line for line in listed.splitlines())


def test_one_is_started_before_its_time_and_once(app_settings: Settings) -> None:
    words = ("run", "housekeeping.sweep", "--reason", "The disk is full")
    assert run(*words) == (0, "Started: housekeeping.sweep.\n")
    assert run(*words) == (0, "It is already running or waiting.\n")
    with transaction() as session:
        (event,) = session.scalars(select(Event))
        assert (event.name, event.data["kind"], event.data["reason"]) == (
            "schedule.run_asked", "housekeeping.sweep", "The disk is full",
        )  # fmt: skip


def test_a_canary_goes_through_every_queue(app_settings: Settings) -> None:
    code, _ = run("run", "canaries", "--reason", "After the move")
    assert code == 0
    with transaction() as session:
        assert set(session.scalars(select(Job.queue))) == CANARIES.keys()


def test_nothing_is_started_without_a_reason(app_settings: Settings) -> None:
    assert run("run", "canaries", "--reason", " ")[0] == 2
