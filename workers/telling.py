"""What a worker has to tell the ledger, whether or not the database is there at that moment."""

import time
from collections.abc import Callable
from typing import TypeVar

from intake.db import DatabaseAway, at_once
from intake.jobs.ledger import Database

T = TypeVar("T")

PATIENCE_SECONDS = 20
"""A PostgreSQL that was killed is back by then; without its word a job that is over would wait out its lease."""
PAUSE_SECONDS = 0.25


def tell(what: Callable[[Database], T]) -> T:
    """Carry `what` out, and try again while the database is away, for PATIENCE_SECONDS at most; DatabaseAway."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with at_once() as database:
                return what(database)
        except DatabaseAway:
            if time.monotonic() >= deadline:
                raise
            time.sleep(PAUSE_SECONDS)
