"""Emptying a database for the next test: a few milliseconds, where making and dropping one costs up to half a second."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg
from psycopg import sql

# The migrations fill these; a database in which a test has written to them is not used again.
FILLED = ("alembic_version", "replies", "roles")

# Idle connections of a pool stay for the next test. Others may hold locks.
OTHERS = (
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT (state = 'idle' AND pid = ANY(%s))"
)
# From the catalog itself: information_schema.columns takes several times as long.
COLUMNS = (
    "SELECT relname::text, attname::text, attidentity <> '' FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped ORDER BY 1, 2"
)
NAMES = (
    "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    " UNION ALL SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1"
)


# Without triggers, which refuse to delete events. It is an option of the connection since setting it later
# makes the server plan all prepared statements anew: 2 ms a test.
OPTIONS = "-c session_replication_role=replica"


@dataclass(frozen=True)
class Shape:
    """`columns` as (table, column, whether it numbers the rows); `names` of tables, indexes, sequences, constraints.

    `filled` is what stands in the tables that the migrations fill.
    """

    columns: list[tuple[str, str, bool]]
    names: list[str]
    filled: list[tuple[Any, ...]]

    @cached_property
    def emptying(self) -> bytes:
        """The statement that deletes all rows. Writing it costs more than running it."""
        return _delete({table for table, _, _ in self.columns}.difference(FILLED)).as_bytes()

    @cached_property
    def counting(self) -> bytes:
        """The statement that makes all tables count from 1."""
        numbered = [(table, column) for table, column, numbers in self.columns if numbers]
        return _count_from_1([one for one in numbered if one[0] not in FILLED]).as_bytes()


def shape(connection: "psycopg.Connection[Any]") -> Shape:
    """Description of a database's schema, to see whether a test changed it."""
    names = [name for (name,) in connection.execute(NAMES).fetchall()]
    filled = [
        row
        for table in FILLED
        if table in names
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1".encode()).fetchall()
    ]
    return Shape(connection.execute(COLUMNS).fetchall(), names, filled)


def empty(connection: "psycopg.Connection[Any]", expected: Shape, pooled: Collection[int]) -> bool:
    """Delete all rows and count from 1 again; False if this is not the `expected` database any more.

    `connection` was made with OPTIONS. `pooled` are the server's process numbers of connections that may stay.
    """
    with connection.transaction():
        connection.execute(OTHERS, [list(pooled)])
        if shape(connection) != expected:
            return False
        connection.execute(expected.emptying)
        connection.execute(expected.counting)
    return True


def _count_from_1(numbered: list[tuple[str, str]]) -> sql.Composed:
    """One statement for all sequences: 20 round trips less for each test."""
    first = sql.SQL("setval(pg_get_serial_sequence({}, {}), 1, false)")
    return sql.SQL("SELECT {}").format(
        sql.SQL(", ").join(first.format(*map(sql.Literal, one)) for one in numbered)
    )


def _delete(tables: set[str]) -> sql.Composed:
    """One statement, since the tables refer to each other and keys are checked at its end."""
    deletions = [
        sql.SQL("{} AS (DELETE FROM {})").format(sql.Identifier(f"from_{table}"), sql.Identifier(table))
        for table in sorted(tables)
    ]
    return sql.SQL("WITH {} SELECT 1").format(sql.SQL(", ").join(deletions))
