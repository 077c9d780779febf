"""Real PostgreSQL and Valkey for the whole run, shared by all its workers.

Each run starts its own and stops them at its end, however it ends. To use others, name them:

- TRANSOM_TEST_DATABASE_URL, `postgresql://user@host/name`: the user must be allowed to create databases;
- TRANSOM_TEST_REDIS_URL, `redis://host:6379/0`: each pytest worker empties and uses one database, counted from that number.
"""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg
import pytest

from intake.local.servers.postgres import Postgres
from intake.local.servers.valkey import Valkey
from intake.local.supervision.supervisor import Supervisor

if TYPE_CHECKING:
    from intake.local.supervision.process import ProcessSpec

MOST_WORKERS = 64


@dataclass(frozen=True)
class Servers:
    """Addresses of the servers. `run` is a part of the names of all databases of this test run."""

    database_url: str
    redis_url: str
    run: str

    def redis(self, number: int) -> str:
        """The address of the database that worker `number` uses."""
        parts = urlsplit(self.redis_url)
        if parts.scheme == "redis+socket":
            return f"{self.redis_url}?virtual_host={number}"
        first = int(parts.path.strip("/") or 0)
        return parts._replace(path=f"/{first + number}").geturl()


KEY = pytest.StashKey[Servers]()
CLOSE = pytest.StashKey[contextlib.ExitStack]()


@contextlib.contextmanager
def running_servers() -> Iterator[Servers]:
    """The servers that the environment names; those that it does not name are started, and stopped at the end."""
    servers = Servers(
        os.environ.get("TRANSOM_TEST_DATABASE_URL", ""),
        os.environ.get("TRANSOM_TEST_REDIS_URL", ""),
        secrets.token_hex(4),
    )
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="transom-test-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        stack.enter_context(_started(folder, servers))
        servers = replace(
            servers,
            database_url=servers.database_url or _postgres(folder).url,
            redis_url=servers.redis_url or _valkey(folder).url,
        )
        stack.callback(_drop_databases, servers)
        yield servers


@contextlib.contextmanager
def _started(folder: Path, named: Servers) -> Iterator[None]:
    specs: list[ProcessSpec] = []
    if not named.database_url:
        specs.append(_postgres(folder).spec(folder / "postgres.log"))
    if not named.redis_url:
        specs.append(_valkey(folder).spec(folder / "valkey.log"))
    supervisor = Supervisor(specs)
    try:
        supervisor.start()
        yield
    finally:
        supervisor.stop()


def _postgres(folder: Path) -> Postgres:
    return Postgres(folder / "postgres", folder / "run", durable=False)


def _valkey(folder: Path) -> Valkey:
    return Valkey(folder / "valkey", folder / "run", databases=MOST_WORKERS)


def _drop_databases(servers: Servers) -> None:
    """Drop the databases of this run, because a server named by the environment must be left as it was."""
    with psycopg.connect(servers.database_url, autocommit=True) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"%{servers.run}%"]
        )
        for (name,) in names.fetchall():
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers in the controller. In an xdist worker, read their addresses."""
    if hasattr(config, "workerinput"):
        config.stash[KEY] = Servers(**config.workerinput["servers"])
    elif not config.option.collectonly:
        stack = config.stash[CLOSE] = contextlib.ExitStack()
        config.stash[KEY] = stack.enter_context(running_servers())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker where the servers are."""
    node.workerinput["servers"] = asdict(node.config.stash[KEY])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers; this runs after Ctrl-C as well."""
    if CLOSE in config.stash:
        config.stash[CLOSE].close()


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Servers:
    """The run's PostgreSQL and Valkey."""
    return pytestconfig.stash[KEY]


@pytest.fixture(scope="session")
def worker_number() -> int:
    """0 for the first pytest worker, 1 for the second…"""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
