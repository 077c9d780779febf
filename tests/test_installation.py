from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from kombu import Connection

from intake import db
from intake.settings import Settings, settings
from tests.databases import Databases

if TYPE_CHECKING:
    import redis


@pytest.mark.parametrize("attempt", [1, 2])
def test_each_test_has_a_database_of_its_own(app_settings: Settings, attempt: int) -> None:
    with psycopg.connect(app_settings.database_url) as connection:
        connection.execute("CREATE TABLE only_here ()")
        assert connection.execute("SELECT count(*) FROM submissions").fetchone() == (0,)


def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)


def test_a_dropped_database_is_gone_though_somebody_is_connected(databases: Databases) -> None:
    url = databases.empty()
    with psycopg.connect(url):
        databases.drop(url)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_settings_and_engine_are_those_of_the_test(app_settings: Settings, tmp_path: Path) -> None:
    assert settings() is app_settings
    assert app_settings.data_dir == tmp_path / "data"
    with db.engine().connect() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
    assert app_settings.database_url.partition("?")[0].endswith(f"/{name}")


def client_of(app_settings: Settings) -> "redis.Redis":
    """The client that Celery would use."""
    with Connection(app_settings.broker_url) as connection:
        client: redis.Redis = connection.default_channel.client  # type: ignore[attr-defined]
        return client


@pytest.mark.parametrize("attempt", [1, 2])
def test_each_test_finds_an_empty_broker(app_settings: Settings, attempt: int) -> None:
    client = client_of(app_settings)
    assert client.dbsize() == 0
    client.set("left", "behind")


def test_the_number_of_the_broker_s_database_reaches_the_server(
    app_settings: Settings, worker_number: int
) -> None:
    assert client_of(app_settings).connection_pool.connection_kwargs["db"] == worker_number
