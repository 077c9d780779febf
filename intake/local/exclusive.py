"""Working on an installation that does not run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from intake.local.folders import data_folder
from intake.local.lock import DataLock
from intake.local.processes import servers
from intake.local.supervision.orphans import Leftovers
from intake.local.supervision.supervisor import Supervisor
from intake.settings import Settings

# It writes everything to its files before it ends. `transom up` has no time for that and leaves it to the next start.
STOP_SECONDS = 60.0


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keep `transom up` off the data folder, and run the embedded PostgreSQL if no other is named; CannotStart."""
    lock = DataLock(data_folder(settings.data_dir))
    try:
        lock.take()
        leftovers = Leftovers(settings.data_dir / "children")
        leftovers.stop()
        database = [replace(one, grace=STOP_SECONDS) for one in servers(settings) if one.name == "postgres"]
        supervisor = Supervisor(database, keep=[lock.shared], leftovers=leftovers)
        try:
            supervisor.start()
            yield
        finally:
            supervisor.stop()
    finally:
        lock.close()
