"""Relay: sends the ids of due jobs from the ledger to Celery.

A transaction that adds a job sends a NOTIFY, which wakes the relay. The relay also polls the ledger every
second.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg

from intake.db import autocommit, listen, transaction
from intake.health.broker import unusable
from intake.job_kinds import KILL_DELAY_SECONDS, job_kind
from intake.jobs import ledger
from intake.jobs.recovery import return_expired
from intake.models.job import JOBS_CHANNEL
from intake.settings import settings
from workers import broker, loop
from workers.app import RUN, app
from workers.broker import BROKER_ERRORS
from workers.watch import HealthWatcher

log = logging.getLogger(__name__)

EXPIRY_SECONDS = 1.0
"""Interval of the check for expired leases. A lease lasts half a minute or more."""
MIN_PAUSE, FULL_PAUSE = 0.005, 0.05
"""Minimum and maximum pause in seconds between two calls of `turn`, while more jobs are due than may be sent.

During such a pause, new jobs of other queues have to wait.
"""
STARVED_PAUSE = 0.25
"""Maximum pause in seconds while more jobs are due but workers start none. A new job ends this pause."""


class Relay:
    """Sends due jobs to the broker.

    Remembers the `run_id` of the broker to detect a restart, because a restarted broker may have lost
    messages.
    """

    def __init__(self) -> None:
        self._broker_run: str | None = None
        self._broker: dict[str, Any] = {}
        self._listening: psycopg.Connection[Any] | None = None
        self._expired_at = -EXPIRY_SECONDS
        self._has_more, self._made_progress, self._pause_seconds = False, True, FULL_PAUSE

    def turn(self) -> None:
        """Set jobs with an expired lease back to pending, then send due jobs."""
        self._return_expired()
        self._has_more = False
        try:
            found = broker.ask()
            self._notice_new_broker(found.run)
            self._send_due(settings().max_jobs_sent, found.waiting)
        except BROKER_ERRORS as error:
            self._note_broker(self._broker | {"trouble": unusable(error).trouble})
        else:
            self._note_broker(
                {
                    "trouble": "",
                    "version": found.version,
                    "memory": found.memory,
                    "most_memory": found.most_memory,
                    "answered_at": datetime.now(UTC).isoformat(),
                }
            )

    def heartbeat_details(self) -> dict[str, Any]:
        """State of the broker, for the heartbeat of the relay."""
        return {"broker": self._broker}

    def pause(self, stop: threading.Event) -> None:
        """Wait at most one second, or until a NOTIFY about a new job. Raises psycopg.OperationalError.

        While more jobs are due than may be sent, wait only until workers have probably started some of them.
        """
        if self._has_more and self._made_progress:
            stop.wait(self._pause_seconds)
        elif not stop.is_set():
            for _ in self._channel().notifies(
                timeout=self._pause_seconds if self._has_more else 1, stop_after=1
            ):
                return

    def close(self) -> None:
        """Close the database connection that listens for NOTIFY."""
        if self._listening is not None:
            self._listening.close()
        self._listening = None

    def _return_expired(self) -> None:
        now = time.monotonic()
        if now - self._expired_at < EXPIRY_SECONDS:
            return
        with transaction() as session:
            return_expired(session)
        self._expired_at = now

    def _send_due(self, limit: int, queued: Mapping[str, int]) -> None:
        """Send due jobs of all queues with fewer than `limit` messages in the broker.

        `queued` is the number of messages by queue. It includes duplicates: if no worker runs, leases expire
        and the same jobs are sent again.
        """
        full = {queue for queue, count in queued.items() if count >= limit}
        with autocommit() as database:
            found = ledger.send_due(database, limit, full)
        if found:
            self._send(found)
        self._set_pace(found, limit)
        with autocommit() as database:
            self._has_more = ledger.has_due(database, full)

    def _set_pace(self, found: Sequence[ledger.DueJob], limit: int) -> None:
        """Set the next pause, from the number of jobs that `found` has per queue.

        The pause is the time in which the workers of the fastest queue start half of `limit` jobs.
        """
        most = max(Counter(due.queue for due in found).values(), default=0)
        half = self._pause_seconds * limit / (2 * most) if most else 2 * self._pause_seconds
        self._pause_seconds = min(max(half, MIN_PAUSE), FULL_PAUSE if most else STARVED_PAUSE)
        self._made_progress = most > 0

    def _send(self, found: Sequence[ledger.DueJob]) -> None:
        sent = 0
        try:
            with app.producer_or_acquire() as producer:
                for due in found:
                    seconds = job_kind(due.kind).seconds
                    app.send_task(
                        RUN, args=(due.id,), queue=due.queue, producer=producer, retry=False, ignore_result=True,
                        soft_time_limit=seconds, time_limit=seconds + KILL_DELAY_SECONDS,
                    )  # fmt: skip
                    sent += 1
        except BROKER_ERRORS:
            with transaction() as session:
                ledger.unsend(session, [due.id for due in found[sent:]])
            raise

    def _notice_new_broker(self, broker_run: str) -> None:
        if self._broker_run not in {None, broker_run}:
            with transaction() as session:
                count = ledger.unsend_all(session)
            log.warning("the broker was restarted; jobs sent again because it may have lost them: %s", count)
        self._broker_run = broker_run

    def _note_broker(self, found: dict[str, Any]) -> None:
        before, now = self._broker.get("trouble", ""), found["trouble"]
        if now and now != before:
            log.warning("the broker does not accept jobs (%s); they wait in the database", now)
        elif before and not now:
            log.warning("the broker answers again")
        self._broker = found

    def _channel(self) -> psycopg.Connection[Any]:
        if self._listening is None or self._listening.closed:
            self._listening = listen(JOBS_CHANNEL)
        return self._listening


def main() -> None:
    """Run the relay until SIGTERM or SIGINT."""
    HealthWatcher().start()
    relay = Relay()
    loop.run("relay", relay.turn, relay.pause, relay.heartbeat_details)
