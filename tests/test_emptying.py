from typing import Any

import psycopg
import pytest

from tests.databases import Databases
from tests.emptying import FILLED, empty, shape
from tests.models.rows import ROWS, Rows

CHANGES = ["CREATE TABLE mine ()", "ALTER TABLE jobs ADD note text", "ALTER TABLE jobs DROP CONSTRAINT ck_jobs_status"]


def counts(connection: "psycopg.Connection[Any]") -> list[int]:
    return [connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()[0] for table in ROWS]  # type: ignore[index]


def test_rows_are_gone_and_are_counted_from_1_again(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        before = shape(connection)
        for _ in range(2):
            Rows(connection).insert_before("jobs")
            Rows(connection).insert("jobs")
            connection.execute("UPDATE submissions SET decision_id = 1")
            numbers = connection.execute("SELECT id FROM jobs").fetchall()
            assert numbers == [(1,)]
            connection.commit()
            with psycopg.connect(database_url) as other:
                assert set(counts(other)) == {1}
            # `empty` hangs up on everybody else, as on what a test left behind.
            connection.close()
            assert empty(database_url, before)
            connection = psycopg.connect(database_url)  # noqa: PLW2901
        assert set(counts(connection)) == {0}
        connection.close()


def test_what_the_migrations_filled_stays(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        before = shape(connection)
    assert empty(database_url, before)
    with psycopg.connect(database_url) as connection:
        found = [connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() for table in FILLED]
        assert found == [(1,), (3,)]


@pytest.mark.parametrize("change", CHANGES)
def test_a_database_that_was_changed_is_not_lent_again(databases: Databases, change: str) -> None:
    url = databases.lend()
    with psycopg.connect(url) as connection:
        connection.execute(change.encode())
    databases.give_back(url)
    other = databases.lend()
    assert other != url
    databases.give_back(other)


def test_a_database_that_was_not_changed_is_lent_again(databases: Databases) -> None:
    url = databases.lend()
    databases.give_back(url)
    assert databases.lend() == url
    databases.give_back(url)
