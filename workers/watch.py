"""Thread that checks the health regularly, in the relay and in the scheduler.

Both run it, because either process may be the one that has stopped.
"""

import logging
import threading

from intake.db import DatabaseUnavailable, transaction
from intake.health import watch
from intake.health.checks import HealthReport
from intake.health.status import health_report
from intake.settings import settings

log = logging.getLogger(__name__)

FIRST_LOOK_SECONDS = 20.0
"""Seconds before the first check, so that processes which start at the same time are not reported as missing."""


class HealthWatcher:
    """Checks the health every LOOK_SECONDS, and makes the requests to the outside monitor."""

    def __init__(self, first_look: float = FIRST_LOOK_SECONDS) -> None:
        self._stop, self._first_look = threading.Event(), first_look

    def start(self) -> None:
        """Start the thread. It is a daemon thread, so it does not keep the process from exiting."""
        threading.Thread(target=self._run, daemon=True, name="health watch").start()

    def stop(self) -> None:
        """End the thread after its present check."""
        self._stop.set()

    def turn(self) -> HealthReport | None:
        """Check the health once. Returns the report, or None if another process has just checked it."""
        with transaction() as session:
            report = watch.check(session)
        if settings().heartbeat_url:
            self._tell(report)
        return report

    def _tell(self, report: HealthReport | None) -> None:
        """Make the request to the outside monitor if it is due.

        Called also if the other process has made the check, because perhaps only this process has the setting.
        """
        with transaction() as session:
            report = report or health_report(session)
            due = watch.claim_request(session, report, settings().heartbeat_seconds)
        if not due:
            return
        # Imported here, because most installations have no outside monitor.
        from intake.health import monitor

        # The request may take seconds, so it holds no transaction open.
        error = monitor.ping(settings().heartbeat_url, ok=report.ok)
        if error:
            log.warning("the outside monitor %s", error)
        with transaction() as session:
            watch.store_answer(session, error)

    def _run(self) -> None:
        wait = self._first_look
        while not self._stop.wait(wait):
            wait = watch.LOOK_SECONDS
            try:
                self.turn()
            except DatabaseUnavailable:
                pass  # The main loop of the process logs an outage of the database.
            except Exception as error:
                log.warning("cannot check the health: %s", type(error).__name__)
