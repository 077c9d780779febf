"""Installations on which commands must fail with grace."""

import socket
from collections.abc import Callable, Iterator

import pytest

from intake.settings import Settings, settings
from tests.forgetting import forget

Reset = Callable[..., Settings]


@pytest.fixture
def reset(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reset]:
    """Sets variables, given as keywords, on the test's own installation; the settings that follow from them."""

    def change(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        forget()
        return settings()

    yield change
    forget()


@pytest.fixture
def nowhere() -> Iterator[int]:
    """A port that is taken, but on which nobody answers: connections are refused."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.fixture
def database_away(reset: Reset, nowhere: int) -> Settings:
    """The database does not answer."""
    return reset(TRANSOM_DATABASE_URL=f"postgresql://transom@127.0.0.1:{nowhere}/transom")


@pytest.fixture
def no_tables(reset: Reset, empty_database_url: str) -> Settings:
    """The database answers, but nobody has migrated it."""
    return reset(TRANSOM_DATABASE_URL=empty_database_url)


@pytest.fixture
def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
