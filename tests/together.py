"""Several at once, and what they do while they wait for each other: conditions, never guesses at time."""

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
    """Do all `works` in threads that set off together; what each returned or raised, in their order."""
    engine()  # two threads that ask first would make two, and the test's end closes one
    start = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        running: list[Future[T]] = [pool.submit(run, work) for work in works]
        return [one.exception() or one.result() for one in running]


def second_waits(first: Callable[[Any], object], second: Callable[[], T]) -> T:
    """Do `first` in a transaction, and begin `second` before it commits; what `second`, which has to wait, returns."""
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
