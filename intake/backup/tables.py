"""Dump and load of table rows in the text format of COPY, which later versions of PostgreSQL can read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg.sql import SQL, Composed, Identifier

from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.progress import ProgressDisplay
from intake.db import Base

if TYPE_CHECKING:
    import psycopg

# Tables that are not dumped. Most describe running processes, open pages and folders of this machine.
# `unlinked_events`: a trigger lists every restored event there again, and the scheduler skips events with links.
# Sealed originals and their shares: contributors were promised their deletion on a fixed day, so no backup has them.
LEFT_OUT = frozenset(
    {
        "backups", "chain_progress", "heartbeats", "opening_shares", "original_shares", "presence", "sealed_originals", "unlinked_events", "web_loads",
    }
)  # fmt: skip

# Pin DateStyle and other formats, so that a dump does not depend on server settings.
SESSION_SETTINGS = (
    "SET LOCAL datestyle TO 'ISO, YMD'",
    "SET LOCAL bytea_output TO hex",
    "SET LOCAL client_encoding TO 'UTF8'",
)
# Query for the foreign keys of all tables in the current schema: name, table, referenced table.
REFERENCES = (
    "SELECT conname, conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
    " WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace"
)


@dataclass(frozen=True)
class Table:
    """Dumped table. `columns` leaves out computed columns.

    `counters` maps each identity column to the next number of its sequence.
    """

    name: str
    columns: list[str]
    counters: dict[str, int]
    rows: int


def dump(connection: "psycopg.Connection[Any]", folder: Folder, progress: ProgressDisplay) -> list[Table]:
    """Write the rows of every table to a file in the backup folder, referenced tables first."""
    for setting in SESSION_SETTINGS:
        connection.execute(setting)
    tables = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]
    dumped = []
    for table in progress("Writing tables", tables):
        columns = [column.name for column in table.columns if column.computed is None]
        numbered = [column.name for column in table.columns if column.identity is not None]
        counters = {column: _next(connection, table.name, column) for column in numbered}
        rows = _copy_out(connection, table.name, columns, folder)
        dumped.append(Table(table.name, columns, counters, rows))
    return dumped


def load(
    connection: "psycopg.Connection[Any]", tables: Sequence[Table], folder: Folder, progress: ProgressDisplay
) -> None:
    """Replace the rows of the tables by the rows in the backup's files.

    Raises BackupFault if a file has another number of rows than the manifest says.
    """
    for setting in SESSION_SETTINGS:
        connection.execute(setting)
    backwards = list(_against_the_order(connection, [table.name for table in tables]))
    for table, name in backwards:
        _alter(connection, table, name, SQL("DEFERRABLE INITIALLY DEFERRED"))
    # CASCADE is needed, because tables that are not in the backup refer to tables that are.
    names = SQL(", ").join(Identifier(table.name) for table in tables)
    connection.execute(SQL("TRUNCATE {} CASCADE").format(names))
    for one in progress("Loading tables", tables):
        _copy_in(connection, one, folder)
        for column, number in one.counters.items():
            connection.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [one.name, column, number]
            )
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name in backwards:
        _alter(connection, table, name, SQL("NOT DEFERRABLE"))


def _next(connection: "psycopg.Connection[Any]", table: str, column: str) -> int:
    """Next number of an identity column.

    The number may be higher than the snapshot's rows need, but never lower, because sequences ignore
    snapshots.
    """
    row = connection.execute("SELECT pg_get_serial_sequence(%s, %s)::text", [table, column]).fetchone()
    schema, _, name = (row[0] if row else "").replace('"', "").rpartition(".")
    count = SQL("SELECT last_value + is_called::int FROM {}").format(Identifier(schema, name))
    found = connection.execute(count).fetchone()
    return int(found[0]) if found else 1


def check(tables: Sequence[Table], folder: Folder, progress: ProgressDisplay) -> None:
    """Decrypt all rows in memory, a chunk at a time, and count them. Raises BackupFault if one is missing or altered."""
    for table in progress("Checking tables", tables):
        counted = _LineCounter()
        folder.pour(file_of(table.name), counted.take)
        counted.check(table)


def file_of(table: str) -> str:
    """Name of the file with the rows of a table."""
    return f"database/{table}.copy"


class _LineCounter:
    """Counter of rows. COPY escapes line feeds in values, so the number of rows is the number of line feeds."""

    def __init__(self) -> None:
        self.rows = 0

    def take(self, chunk: bytes) -> bytes:
        """Count the rows that end in a chunk, and return it."""
        self.rows += chunk.count(b"\n")
        return chunk

    def check(self, table: Table) -> None:
        """Raise BackupFault if the number of rows is another than that of the table."""
        if self.rows != table.rows:
            raise BackupFault(
                f"{file_of(table.name)} holds {self.rows} rows and not {table.rows}: use another backup."
            )


def _copy_out(
    connection: "psycopg.Connection[Any]", table: str, columns: Sequence[str], folder: Folder
) -> int:
    """Write the rows of a table to a file. Returns the number of rows."""
    counted = _LineCounter()
    with connection.cursor() as cursor, cursor.copy(_copy(table, columns, "TO STDOUT")) as copy:
        folder.add_sealed(file_of(table), (counted.take(bytes(chunk)) for chunk in copy))
    return counted.rows


def _copy_in(connection: "psycopg.Connection[Any]", table: Table, folder: Folder) -> None:
    counted = _LineCounter()
    with (
        connection.cursor() as cursor,
        cursor.copy(_copy(table.name, table.columns, "FROM STDIN")) as copy,
    ):
        folder.pour(file_of(table.name), lambda chunk: copy.write(counted.take(chunk)))
    counted.check(table)


def _copy(table: str, columns: Sequence[str], where: str) -> Composed:
    listed = SQL(", ").join(map(Identifier, columns))
    return SQL("COPY {} ({}) {}").format(Identifier(table), listed, SQL(where))


def _against_the_order(
    connection: "psycopg.Connection[Any]", order: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Table and constraint name of each foreign key that refers to a table loaded later.

    Such keys exist because submissions and decisions refer to each other.
    """
    place = {name: number for number, name in enumerate(order)}
    for name, table, other in connection.execute(REFERENCES):
        if table in place and other in place and place[other] > place[table]:
            yield table, name


def _alter(connection: "psycopg.Connection[Any]", table: str, constraint: str, how: SQL) -> None:
    statement = SQL("ALTER TABLE {} ALTER CONSTRAINT {} {}")
    connection.execute(statement.format(Identifier(table), Identifier(constraint), how))
