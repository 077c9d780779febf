"""Alembic's environment: one connection, one advisory lock, so that every service may migrate at its start."""

from alembic import context
from sqlalchemy import NullPool, text

import intake.models  # noqa: F401 - fills the metadata
from intake.db import MIGRATION_LOCK, Base, connect


def run() -> None:
    # Without a pool the connection ends with the block, and the lock with it, also when a migration fails.
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
