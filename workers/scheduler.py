"""Scheduler: starts scheduled jobs, stores samples of the queues and updates the totals of ended jobs.

Two schedulers at once do not start a job twice. After a time without a scheduler, the next scheduler starts
each overdue kind of job once.
"""

import threading
import time
from datetime import UTC, datetime

from intake.audit import linking
from intake.db import transaction
from intake.jobs import coarsening, figures, ledger
from intake.models.job import wake_relay
from intake.models.job_figures import SAMPLE_SECONDS
from intake.subscriptions import SCHEDULES
from workers import loop
from workers.watch import HealthWatcher

COUNT_SECONDS = 15
LINK_SECONDS = 5


class Scheduler:
    """Starts scheduled jobs when they are due.

    Remembers the slots that it has started, because each check in the ledger would use up a job id.
    """

    def __init__(self) -> None:
        self._started: dict[str, str] = {}
        self._sampled = 0
        self._counted = 0
        self._linked = 0

    def turn(self) -> None:
        """Start due jobs, store samples of the queues, add ended jobs to the totals, coarsen their times, and link events."""
        now = int(time.time())
        self._start(now)
        self._sample(now // SAMPLE_SECONDS * SAMPLE_SECONDS)
        self._count(now // COUNT_SECONDS)
        self._link(now // LINK_SECONDS)

    def _start(self, now: int) -> None:
        """Start the jobs that are due. A slot is the kind of job and the number of its period since 1970."""
        due = {
            kind: slot
            for kind, every in SCHEDULES.items()
            if (slot := f"{kind}@{now // every}") != self._started.get(kind)
        }
        if not due:
            return
        with transaction() as session:
            for kind, slot in due.items():
                ledger.schedule(session, kind, slot)
            wake_relay(session)
        self._started |= due

    def _sample(self, moment: int) -> None:
        if moment == self._sampled:
            return
        with transaction() as session:
            figures.take_samples(session, datetime.fromtimestamp(moment, UTC))
        self._sampled = moment

    def _count(self, period: int) -> None:
        if period == self._counted:
            return
        with transaction() as session:
            figures.count_ended(session)
            coarsening.coarsen_ended(session)
        self._counted = period

    def _link(self, period: int) -> None:
        """Link new events to the chain. A long backlog takes several turns, so that the other work goes on."""
        if period == self._linked:
            return
        with transaction() as session:
            count = linking.link_new(session)
        if count < linking.BATCH:
            self._linked = period


def pause(stop: threading.Event) -> None:
    """Wait a second, or until a signal has set `stop`."""
    stop.wait(1)


def main() -> None:
    """Run the scheduler until SIGTERM or SIGINT."""
    HealthWatcher().start()
    loop.run("scheduler", Scheduler().turn, pause)
