"""A database that cannot be reached for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def away(server: str, name: str) -> Iterator[None]:
    """Make the database `name` close and refuse all connections. `server` is the address of another database."""
    _allow(server, name, connections=False)
    yield
    _allow(server, name, connections=True)


def _allow(server: str, name: str, *, connections: bool) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {connections}'.encode())
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
