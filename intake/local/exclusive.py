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

# Grace time of the embedded PostgreSQL, long enough to write all changes to its files before it exits.
# `transom up` gives PostgreSQL less time. The next start then recovers these changes from the write-ahead
# log.
STOP_SECONDS = 60.0


@contextmanager
def exclusive_access(settings: Settings) -> Iterator[None]:
    """Keep `transom up` from starting during the block. Raises CannotStart.

    Also runs the embedded PostgreSQL during the block, if the settings name no external database.
    """
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
