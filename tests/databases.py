"""Databases for tests: a migrated template, copies of it, and copies that were used before and emptied."""

from typing import Any
from urllib.parse import urlsplit

import psycopg

from intake.db import migrate
from tests.emptying import OPTIONS, Shape, empty, shape
from tests.engines import pooled
from tests.servers import Servers


class Databases:
    """Makes and drops databases on the server of this test run."""

    def __init__(self, servers: Servers, worker: int) -> None:
        self._servers = servers
        self._names = f"transom_{servers.run}_{worker}"
        self._made = 0
        self._free: list[str] = []
        self._shape: Shape | None = None
        self._connection = psycopg.connect(servers.database_url, autocommit=True)
        self._emptying: dict[str, psycopg.Connection[Any]] = {}

    def close(self) -> None:
        """Close all connections."""
        for connection in (self._connection, *self._emptying.values()):
            connection.close()

    def empty(self) -> str:
        """The address of a new database without tables."""
        return self._create("template0")

    def encoded(self, encoding: str) -> str:
        """The address of a new database without tables, in an encoding such as LATIN1."""
        return self._create("template0", f"ENCODING '{encoding}' LOCALE 'C'")

    def migrated(self) -> str:
        """The address of a new database with all tables, none of them filled."""
        return self._create(self._template())

    def copy(self, url: str) -> str:
        """The address of a new database like that at `url`, to which nobody is connected."""
        return self._create(urlsplit(url).path[1:])

    def lend(self) -> str:
        """Lend a database with all tables, which are empty. Returns its address. The caller returns it with `give_back`."""
        return self._free.pop() if self._free else self.migrated()

    def give_back(self, url: str) -> None:
        """Take back a lent database for the next test. Drop it if its tables were changed."""
        if self._empty(url):
            self._free.append(url)
        else:
            self.drop(url)

    def connection(self, url: str) -> "psycopg.Connection[Any]":
        """Return a connection to a lent database on which no triggers run. It is kept open for the next call."""
        kept = self._emptying.get(url)
        if kept is None or kept.closed:
            kept = self._emptying[url] = psycopg.connect(url, options=OPTIONS)
        return kept

    def _empty(self, url: str) -> bool:
        """Empty a database by means of its kept connection, because a new one would take longer than the emptying."""
        kept = self.connection(url)
        try:
            return empty(kept, self._expected(), pooled())
        except psycopg.OperationalError:
            # The connection was closed by a test that ends all connections.
            kept.close()
            with psycopg.connect(url, options=OPTIONS) as connection:
                return empty(connection, self._expected(), pooled())

    def drop(self, url: str) -> None:
        """Drop the database at `url`, even if somebody is still connected to it."""
        self._execute(f'DROP DATABASE "{urlsplit(url).path[1:]}" WITH (FORCE)')

    def _expected(self) -> Shape:
        if self._shape is None:
            url = self.migrated()
            with psycopg.connect(url) as connection:
                self._shape = shape(connection)
            self._free.append(url)
        return self._shape

    def _create(self, template: str, options: str = "") -> str:
        self._made += 1
        name = f"{self._names}_{self._made}"
        # Copying files takes 17 ms. The default strategy, which copies through the write-ahead log, takes 22 ms.
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy {options}')
        return self._url(name)

    def _template(self) -> str:
        """Return the name of the migrated database. The first pytest worker creates it while the others wait."""
        name = f"transom_{self._servers.run}_template"
        self._connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        try:
            if not self._exists(name):
                self._make_template(name)
        finally:
            self._connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
        return name

    def _make_template(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}_new"')
        self._execute(f'CREATE DATABASE "{name}_new" TEMPLATE template0')
        url = self._url(f"{name}_new")
        migrate(url.replace("postgresql://", "postgresql+psycopg://", 1))
        # One migration inserts a row for the first scrub. Delete it, because a database that was emptied has none.
        with psycopg.connect(url, options=OPTIONS) as connection:
            empty(connection, shape(connection), pooled())
        self._execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')

    def _exists(self, name: str) -> bool:
        return (
            self._connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            is not None
        )

    def _execute(self, statement: str) -> None:
        self._connection.execute(statement.encode())

    def _url(self, name: str) -> str:
        return urlsplit(self._servers.database_url)._replace(path=f"/{name}").geturl()
