from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.databases import Databases
from tests.models.rows import Rows


@pytest.fixture(scope="session")
def shared_database(databases: Databases) -> Iterator[str]:
    """One database for all tests that only try what it refuses."""
    url = databases.migrated()
    yield url
    databases.drop(url)


@pytest.fixture
def connection(shared_database: str) -> Iterator["psycopg.Connection[Any]"]:
    """A transaction that is undone at the end."""
    with psycopg.connect(shared_database) as made:
        made.execute("SELECT 1")  # from here on psycopg's blocks are savepoints
        yield made
        made.rollback()


@pytest.fixture
def rows(connection: "psycopg.Connection[Any]") -> Rows:
    """Writes rows that are gone at the end."""
    return Rows(connection)
