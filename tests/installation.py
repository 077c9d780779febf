"""An installation of its own for each test: data folder, database, broker, and the settings that name them."""

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
    """A database is lent to one test after another, and so is its engine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("intake.db.create_engine", Engines(create_engine).create)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Make fsync check its descriptor and nothing else: on a shared disk one call takes 9 ms, and a test makes several."""
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
    """A database of the test's own with all tables, none of them filled."""
    url = databases.lend()
    yield url
    databases.give_back(url)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own without tables."""
    url = databases.empty()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def _emptied_broker(servers: Servers, worker_number: int) -> Iterator["redis.Redis"]:
    """A client of the database that this pytest worker has at the broker."""
    url = servers.redis(worker_number).replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    client = redis.from_url(url)
    client.flushdb()
    yield client
    client.close()


@pytest.fixture
def redis_url(servers: Servers, worker_number: int, _emptied_broker: "redis.Redis") -> Iterator[str]:
    """A broker that is empty and that nobody else uses meanwhile, as Celery wants it named."""
    yield servers.redis(worker_number)
    _emptied_broker.flushdb()


@pytest.fixture
def app_settings(
    tmp_path: Path, database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """The test's own installation. `settings()` answers with it, here and in the processes that the test starts."""
    monkeypatch.setenv("TRANSOM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRANSOM_DATABASE_URL", database_url)
    monkeypatch.setenv("TRANSOM_REDIS_URL", redis_url)
    # Decisions take effect at once, but for the tests of what can be taken back.
    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "0")
    # Tests send forms at once, but for the tests of what is too fast.
    monkeypatch.setenv("TRANSOM_FASTEST_SECONDS", "0")
    forget()
    yield settings()
    forget()


@pytest.fixture
def on_s3(app_settings: Settings, object_storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The test's own installation with its files on S3, and the key files that were made for it before."""
    read_or_create_key(app_settings.master_key_path)
    prepare(app_settings)
    for name, value in object_storage.env.items():
        monkeypatch.setenv(name, value)
    forget()
    return settings()
