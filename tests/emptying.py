"""Emptying a database for the next test: a few milliseconds, where making and dropping one costs up to half a second."""

from typing import Any

import psycopg
from psycopg import sql

# The migrations fill these, and no test writes to them.
FILLED = ("alembic_version", "roles")

OTHERS = (
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SHAPE = (
    "SELECT table_name::text, column_name::text, is_identity = 'YES' FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 1, 2"
)

Shape = list[tuple[str, str, bool]]


def shape(connection: "psycopg.Connection[Any]") -> Shape:
    """Tables, their columns, and which of these number the rows."""
    return connection.execute(SHAPE).fetchall()


def empty(url: str, expected: Shape) -> bool:
    """Delete all rows and count from 1 again; False if this is not the `expected` database any more."""
    with psycopg.connect(url) as connection:
        connection.execute(OTHERS)
        if shape(connection) != expected:
            return False
        connection.execute(_delete({table for table, _, _ in expected}.difference(FILLED)))
        for table, column, numbers in expected:
            if numbers and table not in FILLED:
                connection.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), 1, false)", [table, column]
                )
    return True


def _delete(tables: set[str]) -> sql.Composed:
    """One statement, since the tables refer to each other and keys are checked at its end."""
    deletions = [
        sql.SQL("{} AS (DELETE FROM {})").format(sql.Identifier(f"from_{table}"), sql.Identifier(table))
        for table in sorted(tables)
    ]
    return sql.SQL("WITH {} SELECT 1").format(sql.SQL(", ").join(deletions))
