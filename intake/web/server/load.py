"""Reports of a web process to the database: its heartbeat, and its load while the load is high."""

import asyncio
import logging
import os
import socket

from intake.db import transaction
from intake.health import web_load
from intake.health.web_load import Load
from intake.jobs import processes
from intake.version import VERSION
from intake.web import limits
from intake.web.server.kinds import Kinds
from intake.web.server.protocol import MOST_CONNECTIONS, Connection

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0


class Reporter:
    """Background task of the event loop."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._process = f"{socket.gethostname()}-{os.getpid()}"
        self._was_high = self._has_beaten = False

    def load(self) -> Load:
        """Return the load of this process."""
        return Load(
            *self._kinds.uploads(),
            waiting=self._kinds.waiting(),
            connections=Connection.number,
            connection_places=MOST_CONNECTIONS,
        )

    async def run(self) -> None:
        """Report every EVERY_SECONDS, until the task is cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await asyncio.to_thread(self._beat)
            load, events = self.load(), limits.take_counts()
            if load.is_high or self._was_high or events:
                self._was_high = load.is_high
                await asyncio.to_thread(self._write, load, events)

    def _beat(self) -> None:
        """Write the heartbeat of the web server of this machine. All its processes write the same row."""
        write = processes.beat if self._has_beaten else processes.start
        try:
            with transaction() as session:
                write(session, f"web@{socket.gethostname()}", "web", {"version": VERSION})
            self._has_beaten = True
        except Exception as error:
            log.warning("web: no heartbeat: %s", type(error).__name__)

    def _write(self, load: Load, events: dict[str, int]) -> None:
        try:
            with transaction() as session:
                web_load.store(session, self._process, load, events)
        except Exception as error:
            # Any error is tolerated, such as a missing table before a migration. The next report tries again.
            log.warning("cannot store the load of the web server: %s", type(error).__name__)
            for event, count in events.items():
                limits.count(event, count)
