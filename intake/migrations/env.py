"""Alembic's environment: one connection, one advisory lock, so that every service may migrate at its start."""

from alembic import context
from sqlalchemy import text

import intake.models  # noqa: F401 - fills the metadata
from intake.db import Base, connect

LOCK = 0x7452414E  # any fixed number; the letters "tRAN"


def run() -> None:
    engine = connect(context.config.attributes["url"])
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        connection.commit()
    engine.dispose()


run()
