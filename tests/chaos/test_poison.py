"""A job that kills its process is noticed at once, retried once, and then given up."""

import os
import signal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.jobs.recovery import LOST, POISON
from intake.models import Event, Job
from tests.chaos.test_broker_killed_under_task import Worker, done, worker
from workers.relay import Relay

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["worker"]


def begun_by(worker: Worker, slot: str) -> int:
    """Process that runs the job. The next attempt gets a new process."""
    worker.begins(slot)
    told: Path = worker.folder / f"begun-{slot}"
    worker.lives_until(lambda: bool(told.read_text()))
    pid = int(told.read_text())
    told.unlink()
    return pid


def state(number: int) -> tuple[str, str | None, int]:
    with transaction() as session:
        job = session.get_one(Job, number)
        return job.status, job.error, job.attempts


def due_now(number: int) -> None:
    with transaction() as session:
        session.execute(update(Job).where(Job.id == number).values(run_at=func.now()))


@pytest.mark.slow
def test_the_job_is_dead_after_the_second_process_and_the_worker_continues(worker: Worker) -> None:
    relay = Relay()
    deadly = worker.job("deadly")
    relay.turn()
    os.kill(begun_by(worker, "deadly"), signal.SIGKILL)
    worker.lives_until(lambda: state(deadly) == ("pending", LOST, 1))
    due_now(deadly)
    relay.turn()
    os.kill(begun_by(worker, "deadly"), signal.SIGKILL)
    worker.lives_until(lambda: state(deadly) == ("dead", POISON, 2))

    harmless = worker.job("harmless")
    relay.turn()
    worker.begins("harmless")
    worker.may_end("harmless")
    worker.lives_until(lambda: done(harmless))


@pytest.mark.slow
def test_a_worker_that_is_asked_to_stop_hands_back_what_it_has_not_finished(worker: Worker) -> None:
    relay = Relay()
    number = worker.job("long")
    relay.turn()
    begun_by(worker, "long")
    worker.process.send_signal(signal.SIGQUIT)
    worker.process.wait(30)
    assert state(number) == ("pending", None, 0)
    with transaction() as session:
        assert session.scalar(select(func.count()).where(Event.name == "worker.lost")) == 0
