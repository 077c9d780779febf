"""Databases for tests: a migrated template, copies of it, and copies that were used before and emptied."""

from typing import Any
from urllib.parse import urlsplit

import psycopg

from intake.db import migrate
from tests.emptying import OPTIONS, Shape, empty, shape
from tests.engines import pooled
from tests.servers import Servers


class Databases:
    """Makes databases on the run's server, and drops them."""

    def __init__(self, servers: Servers, worker: int) -> None:
        self._servers = servers
        self._names = f"transom_{servers.run}_{worker}"
        self._made = 0
        self._free: list[str] = []
        self._shape: Shape | None = None
        self._connection = psycopg.connect(servers.database_url, autocommit=True)
        self._emptying: dict[str, psycopg.Connection[Any]] = {}

    def close(self) -> None:
        """Hang up."""
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
        """The address of a database with all tables, none of them filled; to be given back."""
        return self._free.pop() if self._free else self.migrated()

    def give_back(self, url: str) -> None:
        """Take a database back for the next who asks; drop it if its tables are not as they were."""
        if self._empty(url):
            self._free.append(url)
        else:
            self.drop(url)

    def connection(self, url: str) -> "psycopg.Connection[Any]":
        """A connection to a lent database on which no trigger runs. It is kept for the next who asks."""
        kept = self._emptying.get(url)
        if kept is None or kept.closed:
            kept = self._emptying[url] = psycopg.connect(url, options=OPTIONS)
        return kept

    def _empty(self, url: str) -> bool:
        """Empty a database by the connection that is kept for this, since making one costs more than the rest."""
        kept = self.connection(url)
        try:
            return empty(kept, self._expected(), pooled())
        except psycopg.OperationalError:
            # A test has ended all connections.
            kept.close()
            with psycopg.connect(url, options=OPTIONS) as connection:
                return empty(connection, self._expected(), pooled())

    def drop(self, url: str) -> None:
        """Drop the database at `url`, whoever is still connected to it."""
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
        # Copying files: 17 ms; the default, copying through the log: 22 ms.
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy {options}')
        return self._url(name)

    def _template(self) -> str:
        """The name of the migrated database, which the first worker to come here makes while the others wait."""
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
        # One migration leaves a row for the first scrub. A database that was emptied has none.
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
