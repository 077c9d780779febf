"""A worker survives the death of its broker. Another version of Celery, or another setting, must not break this.

With late acknowledgement, workers of Celery 5.6.3 and 5.7.0 could not acknowledge afterwards, and took no more jobs.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.db import transaction
from intake.models import Job
from intake.settings import Settings
from tests.broker import Broker
from tests.waiting import until
from workers.relay import Relay

ROOT = Path(__file__).parents[2]
WORKER = [
    "--quiet",
    "worker",
    "--concurrency",
    "1",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
]


class Worker:
    """Real worker in its own processes, with jobs that wait for the test."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "worker.log"
        program = [sys.executable, "-m", "celery", "--app", "tests.chaos.waiting_worker", *WORKER]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                program, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def job(self, slot: str) -> int:
        """Create a job that starts and then waits. Returns its id."""
        os.mkfifo(self.folder / f"go-{slot}")
        with transaction() as session:
            made = Job(kind="test.wait", slot=slot)
            session.add(made)
            session.flush()
            return made.id

    def begins(self, slot: str) -> None:
        """Wait until the job runs."""
        self.lives_until(lambda: (self.folder / f"begun-{slot}").exists())

    def may_end(self, slot: str) -> None:
        """Let the job finish."""
        (self.folder / f"go-{slot}").write_text("")

    def says(self, words: str) -> None:
        """Wait until its log contains these words."""
        self.lives_until(lambda: words in self.log.read_text())

    def lives_until(self, condition: Callable[[], bool]) -> None:
        """Wait for the condition. Fails if the worker exits before."""

        def holds() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return condition()

        until(holds, 60)

    def stop(self) -> None:
        """Kill the worker and its remaining children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def worker(app_settings: Settings, mortal_broker: Broker) -> Iterator[Worker]:
    app_settings.data_dir.mkdir()
    started = Worker(app_settings.data_dir)
    yield started
    started.stop()


def done(number: int) -> bool:
    with transaction() as session:
        return session.get_one(Job, number).status == "done"


@pytest.mark.slow
@pytest.mark.parametrize("ends", ["while the broker is away", "after its return"])
def test_a_worker_survives_a_broker_that_is_killed_during_a_task(
    worker: Worker, mortal_broker: Broker, ends: str
) -> None:
    relay = Relay()
    first = worker.job("first")
    relay.turn()
    worker.begins("first")

    mortal_broker.stop()
    worker.says("Connection to broker lost")
    if ends == "while the broker is away":
        worker.may_end("first")
        worker.lives_until(lambda: done(first))
    mortal_broker.start()
    if ends == "after its return":
        worker.may_end("first")
        worker.lives_until(lambda: done(first))

    second = worker.job("second")
    relay.turn()
    worker.begins("second")
    worker.may_end("second")
    worker.lives_until(lambda: done(second))
    with transaction() as session:
        assert session.get_one(Job, first).attempts == 1
