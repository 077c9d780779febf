"""Lock that allows one run of the demo at a time. Two would create the same accounts and send the same submissions."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from intake import db

# Advisory lock of a run. The number is arbitrary: the letters "DEMO".
LOCK = 0x44454D4F


class DemoRunning(Exception):
    """Another run of the demo has not ended yet."""


@contextmanager
def exclusive_run() -> Iterator[None]:
    """Hold the lock during the block. Raises DemoRunning if another run holds it.

    A run that is killed loses its connection, and with it the lock.
    """
    with db.reader() as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(LOCK))):
            raise DemoRunning
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(LOCK)))
