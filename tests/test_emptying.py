from collections.abc import Collection

import psycopg
import pytest

from intake.decisions.starter_replies import starter_replies
from tests.databases import Databases
from tests.emptying import FILLED, OPTIONS, Shape, empty, shape
from tests.models.rows import ROWS, Rows

CHANGES = [
    "CREATE TABLE mine ()",
    "ALTER TABLE jobs ADD note text",
    "ALTER TABLE jobs DROP CONSTRAINT ck_jobs_status",
    "UPDATE alembic_version SET version_num = '0000'",
]


def fill(url: str) -> int:
    """Add a row to every table and return the id of the job."""
    with psycopg.connect(url) as connection:
        rows = Rows(connection)
        rows.insert_before("jobs")
        rows.insert("jobs")
        connection.execute("UPDATE submissions SET decision_id = 1")
        connection.execute("DELETE FROM replies WHERE name = 'Late'")  # Migrations fill this table.
        number: int = connection.execute("SELECT id FROM jobs").fetchone()[0]  # type: ignore[index]
        return number


LISTED = {"unlinked_events", "editors", "holder_keys"}
"""Tables with more than one row after `fill`: a trigger adds a row, or `fill` does."""


def counts(url: str) -> set[int]:
    with psycopg.connect(url) as connection:
        rows = (
            connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
            for table in ROWS.keys() - FILLED - LISTED
        )
        return {row[0] for row in rows if row}


def is_emptied(url: str, before: Shape, pooled: Collection[int] = ()) -> bool:
    with psycopg.connect(url, options=OPTIONS) as connection:
        return empty(connection, before, pooled)


def test_rows_are_gone_and_are_counted_from_1_again(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        before = shape(connection)
    for _ in range(2):
        assert fill(database_url) == 1
        assert counts(database_url) == {1}
        assert is_emptied(database_url, before)
        assert counts(database_url) == {0}


def test_what_a_test_left_connected_is_cut_off(database_url: str) -> None:
    with psycopg.connect(database_url) as left:
        before = shape(left)
        left.execute("LOCK TABLE jobs")
        assert is_emptied(database_url, before)
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")


def test_an_idle_connection_of_a_pool_stays_and_one_in_a_transaction_does_not(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as idle, psycopg.connect(database_url) as busy:
        before = shape(idle)
        busy.execute("LOCK TABLE jobs")
        assert is_emptied(database_url, before, [one.info.backend_pid for one in (idle, busy)])
        idle.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")


def test_what_the_migrations_filled_stays(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        before = shape(connection)
    assert is_emptied(database_url, before)
    with psycopg.connect(database_url) as connection:
        found = [connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() for table in FILLED]
        assert found == [(1,), (len(starter_replies()),), (3,)]


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
