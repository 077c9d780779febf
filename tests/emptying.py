"""Empty a database for the next test. That takes a few milliseconds. A new database takes up to half a second."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg
from psycopg import sql

# Tables that migrations fill. If a test has changed their rows, the database is not used again.
FILLED = ("alembic_version", "replies", "roles")

# Connections to end: all except idle ones of a pool, which serve the next test. The others may hold locks.
OTHERS = (
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT (state = 'idle' AND pid = ANY(%s))"
)
# Queries the system catalog, because information_schema.columns takes several times as long.
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

    `filled` are the rows of the tables that migrations fill.
    """

    columns: list[tuple[str, str, bool]]
    names: list[str]
    filled: list[tuple[Any, ...]]

    @cached_property
    def emptying(self) -> bytes:
        """The statement that deletes all rows. Cached, because building it takes longer than running it."""
        return _delete({table for table, _, _ in self.columns}.difference(FILLED)).as_bytes()

    @cached_property
    def counting(self) -> bytes:
        """The statement that restarts the sequences of all tables at 1."""
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
    """Delete all rows and restart the sequences. Returns False if the schema is not the `expected` one any more.

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
    """Build one statement for all sequences, which saves 20 round trips for each test."""
    first = sql.SQL("setval(pg_get_serial_sequence({}, {}), 1, false)")
    return sql.SQL("SELECT {}").format(
        sql.SQL(", ").join(first.format(*map(sql.Literal, one)) for one in numbered)
    )


def _delete(tables: set[str]) -> sql.Composed:
    """Build one statement for all tables: they refer to each other, and PostgreSQL checks foreign keys at its end."""
    deletions = [
        sql.SQL("{} AS (DELETE FROM {})").format(sql.Identifier(f"from_{table}"), sql.Identifier(table))
        for table in sorted(tables)
    ]
    return sql.SQL("WITH {} SELECT 1").format(sql.SQL(", ").join(deletions))
