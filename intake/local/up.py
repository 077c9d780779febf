"""Implementation of `transom up`, which runs a whole installation on one machine."""

import importlib
import sys
import threading
from collections.abc import Callable, Sequence

from intake.local import checks
from intake.local.errors import CannotStart
from intake.local.folders import data_folder
from intake.local.lock import DataLock
from intake.local.processes import all_specs
from intake.local.supervision.orphans import OrphanList
from intake.local.supervision.output import say
from intake.local.supervision.process import ProcessSpec
from intake.local.supervision.signals import StopSignals
from intake.local.supervision.supervisor import Interrupted, Supervisor
from intake.settings import Settings

OLDEST, TOO_NEW = (3, 11), (3, 14)


def greet(settings: Settings) -> None:
    """Print the URL of Transom. If there are no accounts, also print the link to create the first account."""
    from intake.accounts.invitations import first_admin_link

    say(f"\nTransom is up at {settings.base_url}")
    if link := first_admin_link(settings):
        say(f"Nobody can log in yet. Make the first account here, once: {link}")
    say("Ctrl-C stops it.\n")


def up(
    settings: Settings,
    *,
    specs: Callable[[Settings], Sequence[ProcessSpec]] = all_specs,
    greet: Callable[[Settings], None] = greet,
) -> None:
    """Start all processes, print the URL, run until a stop signal arrives, then stop all processes.

    Raises CannotStart with one sentence. No process is running then.
    """
    _check_python(sys.version_info[:2])
    lock = DataLock(data_folder(settings.data_dir))
    try:
        lock.take()
        orphans = OrphanList(settings.data_dir / "children")
        orphans.stop()
        _check(settings)
        _warm_up()
        with StopSignals() as stops:
            supervisor = Supervisor(
                specs(settings),
                stops=stops,
                keep=[lock.shared],
                orphans=orphans,
                form=settings.log_format.lower(),
            )
            _supervise(supervisor, lambda: greet(settings))
    finally:
        lock.close()


def _warm_up() -> None:
    """Import the dependencies of `greet` while the servers start, which saves half a second."""
    threading.Thread(
        target=importlib.import_module, args=["intake.accounts.invitations"], daemon=True
    ).start()


def _supervise(supervisor: Supervisor, greet: Callable[[], None]) -> None:
    try:
        supervisor.start()
        greet()
        supervisor.run()
    except Interrupted:
        pass
    finally:
        say("Stopping…")
        supervisor.stop()


def _check(settings: Settings) -> None:
    checks.port_free(settings.host, settings.port)
    if settings.database_url:
        checks.database_answers(settings.database_url)
    if settings.redis_url:
        checks.broker_answers(settings.redis_url)


def _check_python(version: tuple[int, int]) -> None:
    if not OLDEST <= version < TOO_NEW:
        raise CannotStart(
            f"This is Python {version[0]}.{version[1]}, but Transom needs 3.11, 3.12 or 3.13: install one of them."
        )
