"""The relay: due jobs of the ledger → Celery, as ids and nothing else.

Woken by PostgreSQL's NOTIFY at the very moment of a commit, and by itself every second.
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

log = logging.getLogger(__name__)

EXPIRY_SECONDS = 1.0
"""Leases are of half a minute and more."""
SOONEST, LATEST = 0.005, 0.05
"""Seconds between two turns while more is due than there is room for. Meanwhile the relay is deaf to new jobs of other queues."""
LONGEST = 0.25
"""The same while nothing was taken up since the last turn. A new job ends such a pause."""


class Relay:
    """Remembers which run of the broker it last spoke to: after another, what was sent may be gone."""

    def __init__(self) -> None:
        self._broker_run: str | None = None
        self._broker: dict[str, Any] = {}
        self._listening: psycopg.Connection[Any] | None = None
        self._gave_back = -EXPIRY_SECONDS
        self._more, self._room, self._soon = False, True, LATEST

    def turn(self) -> None:
        """Give back what was lost, then send what is due."""
        self._give_back()
        self._more = False
        try:
            found = broker.ask()
            self._notice_new_broker(found.run)
            self._send_due(settings().max_jobs_sent, found.waiting)
        except BROKER_ERRORS as error:
            self._note(self._broker | {"trouble": unusable(error).trouble})
        else:
            self._note(
                {
                    "trouble": "",
                    "version": found.version,
                    "memory": found.memory,
                    "most_memory": found.most_memory,
                    "answered_at": datetime.now(UTC).isoformat(),
                }
            )

    def tell(self) -> dict[str, Any]:
        """For the heartbeat: what was last found of the broker."""
        return {"broker": self._broker}

    def pause(self, stop: threading.Event) -> None:
        """Until the next commit that brings a job, a second at the most; psycopg.OperationalError.

        While there is more to send than there is room for, only for as long as the workers take to make some: those that took
        nothing up since the last turn may take all that waits for them in the next moment.
        """
        if self._more and self._room:
            stop.wait(self._soon)
        elif not stop.is_set():
            for _ in self._channel().notifies(timeout=self._soon if self._more else 1, stop_after=1):
                return

    def close(self) -> None:
        """Stop listening."""
        if self._listening is not None:
            self._listening.close()
        self._listening = None

    def _give_back(self) -> None:
        now = time.monotonic()
        if now - self._gave_back < EXPIRY_SECONDS:
            return
        with transaction() as session:
            return_expired(session)
        self._gave_back = now

    def _send_due(self, limit: int, queued: Mapping[str, int]) -> None:
        """`queued` counts copies as well: while no worker takes any, leases run out and the same jobs come again."""
        full = {queue for queue, count in queued.items() if count >= limit}
        with autocommit() as database:
            found = ledger.send_due(database, limit, full)
        if found:
            self._send(found)
        self._set_pace(found, limit)
        with autocommit() as database:
            self._more = ledger.are_due(database, full)

    def _set_pace(self, found: Sequence[ledger.Due], limit: int) -> None:
        """So soon that meanwhile the workers do about half of what may wait for them in the queue that moves most."""
        most = max(Counter(due.queue for due in found).values(), default=0)
        half = self._soon * limit / (2 * most) if most else 2 * self._soon
        self._soon = min(max(half, SOONEST), LATEST if most else LONGEST)
        self._room = most > 0

    def _send(self, found: Sequence[ledger.Due]) -> None:
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
            log.warning(
                "the broker was restarted; jobs that it may have lost and that are sent again: %s", count
            )
        self._broker_run = broker_run

    def _note(self, found: dict[str, Any]) -> None:
        before, now = self._broker.get("trouble", ""), found["trouble"]
        if now and now != before:
            log.warning("the broker does not take what is sent (%s); jobs wait in the database", now)
        elif before and not now:
            log.warning("the broker answers again")
        self._broker = found

    def _channel(self) -> psycopg.Connection[Any]:
        if self._listening is None or self._listening.closed:
            self._listening = listen(JOBS_CHANNEL)
        return self._listening


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    relay = Relay()
    loop.run("relay", relay.turn, relay.pause, relay.tell)
