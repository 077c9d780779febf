"""Clear all caches of the installation, for a test that switches to another one."""

from sqlalchemy import QueuePool

from intake import db
from intake.crypto import keyring
from intake.keys.files import key_holder
from intake.magazine import chosen, shown
from intake.settings import _choices, settings
from intake.storage import files

ENGINES = (db.engine, db._autocommit_engine)
KNOWN = (*ENGINES, settings, keyring, key_holder, files, shown._kept, chosen._known, _choices)


def forget() -> None:
    """Clear all caches, and close the connections of engines that are still in use."""
    for engine in ENGINES:
        if engine.cache_info().currsize:
            # Keep idle connections for the next test with this database.
            pool = engine().pool
            if not isinstance(pool, QueuePool) or pool.checkedout():
                engine().dispose()
    for known in KNOWN:
        known.cache_clear()
