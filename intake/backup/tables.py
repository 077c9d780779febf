"""Rows of tables out to files and back, by PostgreSQL's COPY in its text form, which any later version reads."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg.sql import SQL, Composed, Identifier

from intake.backup.fault import BackupFault
from intake.backup.folder import Folder, for_us_alone
from intake.backup.watch import Watch
from intake.db import Base

if TYPE_CHECKING:
    import psycopg


# Who is there at this moment: true of no other.
LEFT_OUT = frozenset({"heartbeats", "presence"})

# The form in which values are written must not follow from how either server is set.
PLAINLY = (
    "SET LOCAL datestyle TO 'ISO, YMD'",
    "SET LOCAL bytea_output TO hex",
    "SET LOCAL client_encoding TO 'UTF8'",
)
# Foreign keys of the tables that we see: name, whose, to which.
REFERENCES = (
    "SELECT conname, conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
    " WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace"
)
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Table:
    """`columns` without those that follow from others; `counters` are the next numbers of columns that number the rows."""

    name: str
    columns: list[str]
    counters: dict[str, int]
    rows: int


def dump(connection: "psycopg.Connection[Any]", folder: Folder, watch: Watch) -> list[Table]:
    """Write the rows of every table, each after those that it points to."""
    for setting in PLAINLY:
        connection.execute(setting)
    tables = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]
    dumped = []
    for table in watch("Writing tables", tables):
        columns = [column.name for column in table.columns if column.computed is None]
        numbered = [column.name for column in table.columns if column.identity is not None]
        counters = {column: _next(connection, table.name, column) for column in numbered}
        rows = _copy_out(connection, table.name, columns, folder.table(table.name))
        dumped.append(Table(table.name, columns, counters, rows))
    return dumped


def load(
    connection: "psycopg.Connection[Any]", tables: Sequence[Table], folder: Folder, watch: Watch
) -> None:
    """Replace whatever the tables hold by the rows of the files; BackupFault if a file holds more or fewer than it should."""
    for setting in PLAINLY:
        connection.execute(setting)
    backwards = list(_against_the_order(connection, [table.name for table in tables]))
    for table, name in backwards:
        _alter(connection, table, name, SQL("DEFERRABLE INITIALLY DEFERRED"))
    # CASCADE: what was left out of the backup points to what was not.
    names = SQL(", ").join(Identifier(table.name) for table in tables)
    connection.execute(SQL("TRUNCATE {} CASCADE").format(names))
    for one in watch("Loading tables", tables):
        _copy_in(connection, one, folder.table(one.name))
        for column, number in one.counters.items():
            connection.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [one.name, column, number]
            )
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name in backwards:
        _alter(connection, table, name, SQL("NOT DEFERRABLE"))


def _next(connection: "psycopg.Connection[Any]", table: str, column: str) -> int:
    """The number that the next row gets. Sequences are in no snapshot: it may lie above what this one needs, never below."""
    row = connection.execute("SELECT pg_get_serial_sequence(%s, %s)::text", [table, column]).fetchone()
    schema, _, name = (row[0] if row else "").replace('"', "").rpartition(".")
    count = SQL("SELECT last_value + is_called::int FROM {}").format(Identifier(schema, name))
    found = connection.execute(count).fetchone()
    return int(found[0]) if found else 1


def _copy_out(connection: "psycopg.Connection[Any]", table: str, columns: Sequence[str], path: Path) -> int:
    """How many rows there are: each ends with a line feed, and those within values are written as an escape."""
    rows = 0
    with (
        open(path, "wb", opener=for_us_alone) as file,
        connection.cursor() as cursor,
        cursor.copy(_copy(table, columns, "TO STDOUT")) as copy,
    ):
        for piece in copy:
            rows += bytes(piece).count(b"\n")
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return rows


def _copy_in(connection: "psycopg.Connection[Any]", table: Table, path: Path) -> None:
    rows = 0
    with (
        path.open("rb") as file,
        connection.cursor() as cursor,
        cursor.copy(_copy(table.name, table.columns, "FROM STDIN")) as copy,
    ):
        while piece := file.read(PIECE):
            rows += piece.count(b"\n")
            copy.write(piece)
    if rows != table.rows:
        raise BackupFault(f"{path.name} holds {rows} rows and not {table.rows}: take another backup.")


def _copy(table: str, columns: Sequence[str], where: str) -> Composed:
    listed = SQL(", ").join(map(Identifier, columns))
    return SQL("COPY {} ({}) {}").format(Identifier(table), listed, SQL(where))


def _against_the_order(
    connection: "psycopg.Connection[Any]", order: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Table and name of each foreign key to a table that is loaded later: a submission names its decision, which names it."""
    place = {name: number for number, name in enumerate(order)}
    for name, table, other in connection.execute(REFERENCES):
        if table in place and other in place and place[other] > place[table]:
            yield table, name


def _alter(connection: "psycopg.Connection[Any]", table: str, constraint: str, how: SQL) -> None:
    statement = SQL("ALTER TABLE {} ALTER CONSTRAINT {} {}")
    connection.execute(statement.format(Identifier(table), Identifier(constraint), how))
