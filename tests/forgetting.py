"""What a process knows of its installation, forgotten: for a test that is about to give it another."""

from intake import db
from intake.crypto import keyring
from intake.settings import settings
from intake.storage import files

ENGINES = (db.engine, db._autocommit_engine)
KNOWN = (*ENGINES, settings, keyring, files)


def forget() -> None:
    """Hang up, and read everything anew when it is next asked for."""
    for engine in ENGINES:
        if engine.cache_info().currsize:
            engine().dispose()
    for known in KNOWN:
        known.cache_clear()
