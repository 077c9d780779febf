"""Snapshots of an installation in which many tests begin, created once and restored for each test.

Sending and cleaning a submission takes 90 ms, and a login 15 ms. Putting their rows and files back takes 4 ms.
"""

import os
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg import sql

from intake.settings import Settings, settings
from intake.web import Transom
from tests.emptying import FILLED
from tests.engines import written

if TYPE_CHECKING:
    import redis

OLDEST = 20
"""Maximum age of a restored state in seconds. Pages show times such as `2 minutes ago`, which must stay right."""

PATCHED = {"clean_photo", "retouch_photo"}
"""Names that tests may monkeypatch without losing the use of recorded states."""

COLUMNS = (
    "SELECT relname::text, string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
    " JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY 1"
)
COUNTED = "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value > 0"

Rows = dict[str, tuple[str, ...]]
Files = dict[str, tuple[int, bytes | None]]


@dataclass(frozen=True)
class State:
    """An installation after a step. `files` as name in the data folder → mode and contents, None for a folder.

    `statements` is the SQL that leads from the previous state to this one.
    """

    number: int
    made: float
    rows: Rows
    files: Files
    statements: bytes
    cookies: list[dict[Any, Any]]
    result: Any


EMPTY = State(0, 0, {}, {}, b"", [], None)


class States:
    """States recorded by this process. The key is the previous state, the step, the settings, files and cookies.

    `begun` is what `tests.engines.written` returned before the test began.
    """

    def __init__(self) -> None:
        self.begun = 0
        self._known: dict[Hashable, State] = {}
        self._made = 0
        self._columns: dict[str, str] = {}

    def find(self, key: Hashable) -> State | None:
        """Return a state that is young enough, or None."""
        known = self._known.get(key)
        return known if known and time.monotonic() - known.made < OLDEST else None

    def record(
        self,
        key: Hashable,
        before: State,
        connection: "psycopg.Connection[Any]",
        files: Files,
        cookies: list[dict[Any, Any]],
        result: Any,
    ) -> State:
        """Keep the state in which an installation is now."""
        for old in [old for old in self._known if self.find(old) is None]:
            del self._known[old]
        with connection.transaction():
            rows = self._rows(connection)
            statements = b"".join(self._statements(before.rows, rows, connection))
        self._made += 1
        made = State(self._made, time.monotonic(), rows, files, statements, cookies, result)
        self._known[key] = made
        return made

    def _rows(self, connection: "psycopg.Connection[Any]") -> Rows:
        if not self._columns:
            self._columns = dict(connection.execute(COLUMNS).fetchall())
        each = [
            sql.SQL("SELECT {}, array_agg(quote_literal(one::text)) FROM {} AS one").format(
                sql.Literal(table), sql.Identifier(table)
            )
            for table in self._columns.keys() - set(FILLED)
        ]
        found = connection.execute(sql.SQL(" UNION ALL ").join(each)).fetchall()
        return {table: tuple(rows) for table, rows in found if rows}

    def _statements(
        self, before: Rows, after: Rows, connection: "psycopg.Connection[Any]"
    ) -> Iterable[bytes]:
        for table in sorted(before.keys() | after.keys()):
            if before.get(table) != after.get(table):
                name = f'"{table}"'
                if table in before:
                    yield f"DELETE FROM {name};".encode()
                if table in after:
                    columns, literals = self._columns[table], ", ".join(after[table])
                    yield (
                        f"INSERT INTO {name} ({columns}) OVERRIDING SYSTEM VALUE"
                        f" SELECT {columns} FROM unnest(ARRAY[{literals}]::{name}[]);"
                    ).encode()
        for sequence, last in connection.execute(COUNTED).fetchall():
            yield f"SELECT setval('{sequence}', {last});".encode()


STATES = States()


class Recorded:
    """Steps by which one test reaches the state in which it begins.

    `written_before` is what `tests.engines.written` returned while the database was empty.
    """

    def __init__(
        self,
        app: Transom,
        config: Settings,
        connection: "psycopg.Connection[Any]",
        broker: "redis.Redis",
        patch: pytest.MonkeyPatch,
        written_before: int,
    ) -> None:
        self._app, self._config, self._patch = app, config, patch
        self._connection, self._broker = connection, broker
        self._state, self._written = EMPTY, written_before

    def step(self, name: Hashable, make: Callable[[], Any], *clients: FlaskClient) -> Any:
        """Call `make`, or restore the state that it left the last time, with the cookies of `clients`.

        Returns the result of `make`, which must not be changed. `make` is called again if anything else has happened
        before that could make a difference.
        """
        if written() != self._written or not self._is_plain():
            return make()
        files = _files(self._config.data_dir)
        had = [dict(client._cookies or {}) for client in clients]
        key = (self._state.number, name, self._told(), frozenset(files.items()), str(had))
        known = STATES.find(key)
        if known:
            self._put_back(known, files, clients)
            self._state = known
            return known.result
        result = make()
        if self._is_plain():
            cookies = [dict(client._cookies or {}) for client in clients]
            now = _files(self._config.data_dir)
            self._state = STATES.record(key, self._state, self._connection, now, cookies, result)
            self._written = written()
        return result

    def _is_plain(self) -> bool:
        """Return whether nothing is monkeypatched that a step may use, files are local, and the broker is empty."""
        replaced = [name for _, name, _ in self._patch._setattr]
        changed = {str(name) for _, name, _ in self._patch._setitem}
        return (
            set(replaced) <= PATCHED
            and len(replaced) == len(set(replaced))
            and all(name.startswith("TRANSOM_") for name in changed)
            and not self._config.s3_url
            and not self._broker.dbsize()
        )

    def _told(self) -> str:
        told = f"{self._app.extensions['settings']} {settings()}"
        return told.replace(str(self._config.data_dir), "").replace(self._config.database_url, "")

    def _put_back(self, state: State, files: Files, clients: Iterable[FlaskClient]) -> None:
        with self._connection.transaction():
            self._connection.execute(state.statements)
        root = self._config.data_dir
        for name, (mode, data) in state.files.items():
            if files.get(name) != (mode, data):
                if data is None:
                    (root / name).mkdir(exist_ok=True)
                else:
                    (root / name).write_bytes(data)
                (root / name).chmod(mode)
        for gone in sorted(files.keys() - state.files.keys(), reverse=True):
            _remove(root / gone)
        for client, cookies in zip(clients, state.cookies, strict=True):
            client._cookies = dict(cookies)


def _remove(path: Path) -> None:
    path.rmdir() if path.is_dir() else path.unlink()


def _files(root: Path) -> Files:
    """Return all files and folders below a folder. Each folder precedes its contents."""
    found: Files = {}
    for folder, folders, names in os.walk(root):
        for name in sorted(folders):
            path = Path(folder, name)
            found[str(path.relative_to(root))] = path.stat().st_mode & 0o7777, None
        for name in sorted(names):
            path = Path(folder, name)
            found[str(path.relative_to(root))] = path.stat().st_mode & 0o7777, path.read_bytes()
    return found
