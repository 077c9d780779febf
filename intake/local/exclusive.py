"""Exclusive access to a stopped installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from intake.local.folders import data_folder
from intake.local.lock import DataLock
from intake.local.processes import server_specs
from intake.local.supervision.orphans import OrphanList
from intake.local.supervision.supervisor import Supervisor
from intake.settings import Settings

# PostgreSQL writes all changes to its files before it ends. `transom up` skips that and leaves it to the next
# start.
STOP_SECONDS = 60.0


@contextmanager
def exclusive_access(settings: Settings) -> Iterator[None]:
    """Keep `transom up` from starting, and run the embedded PostgreSQL if no other is named. Raises CannotStart."""
    lock = DataLock(data_folder(settings.data_dir))
    try:
        lock.take()
        orphans = OrphanList(settings.data_dir / "children")
        orphans.stop()
        database = [
            replace(one, grace=STOP_SECONDS) for one in server_specs(settings) if one.name == "postgres"
        ]
        supervisor = Supervisor(database, keep=[lock.shared], orphans=orphans)
        try:
            supervisor.start()
            yield
        finally:
            supervisor.stop()
    finally:
        lock.close()
