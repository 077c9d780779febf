"""Fixtures for an installation for each test: data folder, database, broker, and the settings that name them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from sqlalchemy import create_engine

from intake.crypto import read_or_create_key
from intake.keys.files import prepare
from intake.settings import Settings, settings
from tests.databases import Databases
from tests.engines import Engines
from tests.forgetting import forget
from tests.object_storage import ObjectStorage
from tests.servers import Servers

KEPT = ("TRANSOM_TEST_", "TRANSOM_CORPUS")


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """Remove settings of the shell, so that they do not change what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name == "PORT" or (name.startswith("TRANSOM_") and not name.startswith(KEPT)):
                patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def _engines_are_kept() -> Iterator[None]:
    """Keep engines for later tests, because databases are lent to one test after another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("intake.db.create_engine", Engines(create_engine).create)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Replace fsync by fstat, which only checks the descriptor. On a shared disk, each fsync takes 9 ms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(scope="session")
def databases(servers: Servers, worker_number: int) -> Iterator[Databases]:
    """Makes databases, for tests that need more than one or an empty one."""
    made = Databases(servers, worker_number)
    yield made
    made.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """URL of a database for this test alone, with all tables, which are empty."""
    url = databases.lend()
    yield url
    databases.give_back(url)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """URL of a database for this test alone, without tables."""
    url = databases.empty()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def _emptied_broker(servers: Servers, worker_number: int) -> Iterator["redis.Redis"]:
    """Client of the broker's database that belongs to this pytest worker."""
    url = servers.redis(worker_number).replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    client = redis.from_url(url)
    client.flushdb()
    yield client
    client.close()


@pytest.fixture
def redis_url(servers: Servers, worker_number: int, _emptied_broker: "redis.Redis") -> Iterator[str]:
    """URL, in Celery's form, of an empty database of the broker that only this test uses."""
    yield servers.redis(worker_number)
    _emptied_broker.flushdb()


@pytest.fixture
def app_settings(
    tmp_path: Path, database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """Settings of the test's own installation. `settings()` returns them here and in processes that the test starts."""
    monkeypatch.setenv("TRANSOM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRANSOM_DATABASE_URL", database_url)
    monkeypatch.setenv("TRANSOM_REDIS_URL", redis_url)
    # Decisions take effect at once. Tests of undoing them set another delay.
    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "0")
    # Tests send forms at once, and are not suspected as bots. Tests of that suspicion set another value.
    monkeypatch.setenv("TRANSOM_FASTEST_SECONDS", "0")
    forget()
    yield settings()
    forget()


@pytest.fixture
def on_s3(app_settings: Settings, object_storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of the test's own installation with files on S3. Its key files exist."""
    read_or_create_key(app_settings.master_key_path)
    prepare(app_settings)
    for name, value in object_storage.env.items():
        monkeypatch.setenv(name, value)
    forget()
    return settings()
