"""Clear all caches of the installation, for a test that switches to another one."""

from intake import db
from intake.crypto import keyring
from intake.magazine import shown
from intake.settings import settings
from intake.storage import files

ENGINES = (db.engine, db._autocommit_engine)
KNOWN = (*ENGINES, settings, keyring, files, shown._kept)


def forget() -> None:
    """Hang up, and read everything anew when it is next asked for."""
    for engine in ENGINES:
        if engine.cache_info().currsize:
            engine().dispose()
    for known in KNOWN:
        known.cache_clear()
