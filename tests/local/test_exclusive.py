from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from intake.local.errors import CannotStart
from intake.local.exclusive import exclusive_access
from intake.local.lock import DataLock
from intake.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation with embedded servers."""
    return Settings(data_dir=tmp_path / "data")


def test_the_embedded_database_runs_meanwhile_and_no_longer(settings: Settings) -> None:
    address = settings.owner_url.replace("+psycopg", "")
    with exclusive_access(settings), psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)
    with exclusive_access(settings), psycopg.connect(address) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_nobody_else_may_start_on_the_folder_meanwhile(settings: Settings, database_url: str) -> None:
    named = replace(settings, database_url=database_url)
    with exclusive_access(named):
        lock = DataLock(named.data_dir)
        with pytest.raises(CannotStart, match="already running"):
            lock.take()
        lock.close()
    assert not (named.data_dir / "postgres").exists()


def test_it_waits_for_nobody_who_runs(settings: Settings) -> None:
    settings.data_dir.mkdir()
    lock = DataLock(settings.data_dir)
    lock.take()
    with pytest.raises(CannotStart, match="already running"), exclusive_access(settings):
        pass
    lock.close()
