"""Run functions at the same time in threads, or one while another waits. Waits for conditions, not for fixed times."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import text

from intake.db import engine, transaction
from tests.waiting import until

T = TypeVar("T")

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def at_once(*works: Callable[[], T]) -> list[T | BaseException]:
    """Run all `works` in threads that start together. Returns the result or the exception of each, in order."""
    engine()  # Create the engine now. Two threads might each create one, and only one is closed after the test.
    start = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        running: list[Future[T]] = [pool.submit(run, work) for work in works]
        return [one.exception() or one.result() for one in running]


def second_waits(first: Callable[[Any], object], second: Callable[[], T]) -> T:
    """Run `first` in a transaction, and start `second`, which has to wait for its commit. Returns the result of `second`."""
    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:
            first(session)
            waiting = pool.submit(second)
            until(blocked)
        return waiting.result()


def blocked() -> bool:
    """Return whether a session waits for a lock in the test's database."""
    with transaction() as session:
        return bool(session.scalar(WAITING))
