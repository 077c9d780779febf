from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import text

from intake.db import DatabaseUnavailable, autocommit, transaction
from intake.jobs import ledger
from intake.models import Job
from intake.settings import Settings
from tests.cast import Contributor
from tests.servers import Servers
from workers import runner
from workers.runner import HANDLERS, RETRY_SECONDS, run, with_retry


class Database:
    """Database of the test that can go away: it closes all connections and accepts none until it returns."""

    def __init__(self, url: str, server: str) -> None:
        self._name = urlsplit(url).path[1:]
        self._connection = psycopg.connect(server, autocommit=True)

    def goes(self) -> None:
        self._let_in("false")
        hang_up = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        self._connection.execute(hang_up, [self._name])

    def returns(self) -> None:
        self._let_in("true")

    def close(self) -> None:
        self.returns()
        self._connection.close()

    def _let_in(self, whether: str) -> None:
        self._connection.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS {whether}'.encode())


@pytest.fixture
def database(app_settings: Settings, servers: Servers) -> Iterator[Database]:
    made = Database(app_settings.database_url, servers.database_url)
    yield made
    made.close()


Pauses = Callable[[Callable[[int], None]], None]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Pauses:
    """Replaces waiting. At each pause, the test runs the action of its number, and the clock advances."""
    clock = [0.0]
    monkeypatch.setattr("workers.runner.time.monotonic", lambda: clock[0])

    def prepare(then: Callable[[int], None]) -> None:
        count = iter(range(1, 10_000))

        def sleep(seconds: float) -> None:
            clock[0] += seconds
            then(next(count))

        monkeypatch.setattr("workers.runner.time.sleep", sleep)

    return prepare


def back_after(database: Database, pauses: int) -> Callable[[int], None]:
    return lambda number: database.returns() if number == pauses else None


def look(number: int) -> Job:
    with transaction() as session:
        return session.get_one(Job, number)


@pytest.mark.parametrize("end", ["done", "pending"])
def test_the_result_of_a_job_is_recorded_after_the_database_restarts(
    contributor: Contributor, database: Database, pauses: Pauses, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Otherwise the job would wait for the end of its lease, three minutes or more."""
    pauses(back_after(database, 3))

    def handler(_job: Job) -> None:
        database.goes()
        if end == "pending":
            raise ZeroDivisionError

    monkeypatch.setitem(HANDLERS, "text.screen", handler)
    contributor.submit()
    run(1)
    assert (look(1).status, look(1).attempts) == (end, 1)


def test_a_connection_that_has_died_meanwhile_is_replaced(database: Database) -> None:
    with autocommit() as connection:
        before = connection.scalar(text("SELECT pg_backend_pid()"))
    database.goes()
    database.returns()
    assert with_retry(lambda connection: connection.scalar(text("SELECT pg_backend_pid()"))) != before


def test_patience_has_an_end(database: Database, pauses: Pauses) -> None:
    waited: list[int] = []
    pauses(waited.append)
    database.goes()
    with pytest.raises(DatabaseUnavailable):
        with_retry(lambda connection: connection.scalar(text("SELECT 1")))
    assert len(waited) == RETRY_SECONDS / runner.RETRY_INTERVAL_SECONDS


def test_a_refused_statement_is_not_retried(app_settings: Settings) -> None:
    asked: list[ledger.Database] = []

    def fail(connection: ledger.Database) -> None:
        asked.append(connection)
        connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(Exception, match="division by zero"):
        with_retry(fail)
    assert len(asked) == 1
