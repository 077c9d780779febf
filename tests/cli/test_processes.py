"""Single processes: each starts, does its work, and stops on request."""

import contextlib
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, true

from intake.db import transaction
from intake.jobs import ledger
from intake.models import Heartbeat, Job
from intake.models.job import wake_relay
from intake.settings import Settings
from intake.subscriptions import SCHEDULES
from tests.cli.conftest import Reset
from tests.waiting import until


@contextlib.contextmanager
def running(name: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run `transom NAME` as a process, and stop it after the block. Its output is shown if a test fails."""
    process = subprocess.Popen(
        [sys.executable, "-m", "intake", name, *words], stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            print(name, "said:", process.communicate(timeout=20)[1])
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise


def beats(*, again: bool = False) -> set[str]:
    """Kinds of processes with a heartbeat. With `again`, it must be later than the start."""
    which = Heartbeat.seen_at > Heartbeat.started_at if again else true()
    with transaction() as session:
        return set(session.scalars(select(Heartbeat.kind).where(which)))


def job_status(job_id: int) -> str:
    with transaction() as session:
        return session.scalars(select(Job.status).where(Job.id == job_id)).one()


def sweep() -> int:
    """Start a scheduled job. Returns its id."""
    with transaction() as session:
        ledger.schedule(session, "housekeeping.sweep", "housekeeping.sweep@1")
        wake_relay(session)
    with transaction() as session:
        return session.scalars(select(Job.id)).one()


@pytest.mark.parametrize("name", ["relay", "scheduler", "worker"])
def test_a_process_says_that_it_lives_and_ends_in_order(app_settings: Settings, name: str) -> None:
    with running(name) as process:
        # Wait for a worker's second heartbeat: Celery 5.6.3 fails if it is stopped between being ready and listening.
        until(lambda: name in beats(again=name == "worker"))
        assert process.poll() is None
        # A core dump would contain keys and contributors' texts, so core dumps must be disabled.
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)
    assert process.returncode == 0


def test_the_scheduler_starts_the_jobs_of_the_clock(app_settings: Settings) -> None:
    def kinds() -> list[str]:
        with transaction() as session:
            return list(session.scalars(select(Job.kind)))

    with running("scheduler"):
        assert set(until(kinds)) == SCHEDULES.keys()


@pytest.mark.slow
def test_relay_and_worker_together_do_a_job(app_settings: Settings) -> None:
    job_id = sweep()
    with running("worker"), running("relay"):
        until(lambda: job_status(job_id) == "done", 30)


def test_the_web_server_listens_where_the_settings_say(reset: Reset, free_port: int) -> None:
    settings = reset(PORT=str(free_port), TRANSOM_WEB_WORKERS="1")

    def answer() -> Any:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{settings.base_url}/healthz/live") as found,
        ):
            return found.status

    with running("web") as process:
        assert until(answer) == 200
    assert process.returncode == 0


def test_a_process_waits_for_a_database_that_is_away_and_says_so_once(
    database_away: Settings,
) -> None:
    with running("relay") as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert process.poll() is None
    assert line.endswith("relay: the database does not answer; trying again every second\n")


@pytest.mark.slow
def test_a_worker_of_one_queue_does_its_jobs_alone_and_bears_its_name(app_settings: Settings) -> None:
    number = sweep()
    with transaction() as session:
        session.add(Job(kind="notify.digest", slot="notify.digest@1"))
    with running("worker", "housekeeping", "--name", "tidy"), running("relay"):
        until(lambda: job_status(number) == "done", 30)
        with transaction() as session:
            (worker,) = session.scalars(select(Heartbeat).where(Heartbeat.kind == "worker"))
            assert worker.name.startswith("tidy@")
            assert worker.details["queues"] == ["housekeeping"]
            assert session.scalars(select(Job.status).where(Job.kind == "notify.digest")).one() == "sent"
