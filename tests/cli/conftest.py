"""Installations on which commands have to fail with one sentence."""

import socket
from collections.abc import Callable, Iterator

import pytest

from intake.settings import Settings, settings
from tests.forgetting import forget

Reset = Callable[..., Settings]


@pytest.fixture
def reset(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reset]:
    """Set environment variables of the test's installation. Returns the new settings."""

    def change(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        forget()
        return settings()

    yield change
    forget()


@pytest.fixture
def nowhere() -> Iterator[int]:
    """Occupied port that refuses connections."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.fixture
def database_away(reset: Reset, nowhere: int) -> Settings:
    """Settings whose database does not answer."""
    return reset(TRANSOM_DATABASE_URL=f"postgresql://transom@127.0.0.1:{nowhere}/transom")


@pytest.fixture
def no_tables(reset: Reset, empty_database_url: str) -> Settings:
    """Settings whose database has no tables."""
    return reset(TRANSOM_DATABASE_URL=empty_database_url)


@pytest.fixture
def free_port() -> int:
    """Port that is currently free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
