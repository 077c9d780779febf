"""Alembic's environment: one connection with an advisory lock.

The lock lets every service run the migrations when it starts, one service after the other.
"""

from alembic import context
from sqlalchemy import NullPool, text

import intake.models  # noqa: F401 - fills the metadata
from intake.db import MIGRATION_LOCK, Base, connect


def run() -> None:
    # Without a pool, the end of the block closes the connection and frees the lock, even after an error.
    with connect(context.config.attributes["url"], poolclass=NullPool).connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": MIGRATION_LOCK})
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
