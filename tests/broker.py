"""A Valkey server for a single test, which the test may kill and restart."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from intake.local.servers.valkey import Valkey
from intake.settings import Settings, settings
from tests.waiting import until

if TYPE_CHECKING:
    from celery import Celery


class Broker:
    """Valkey server. `url` stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self._valkey = Valkey(folder / "valkey", folder)
        self.url = self._valkey.url
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        self._valkey.prepare()
        self._process = subprocess.Popen(self._valkey.spec(Path("/dev/null")).argv, stdout=subprocess.DEVNULL)
        until(self._valkey.ready)

    def stop(self) -> None:
        """Kill the server (SIGKILL), and wait until it has exited."""
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A running broker for this test alone."""
    made = Broker(tmp_path_factory.mktemp("b"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def celery_app(app_settings: Settings) -> Iterator["Celery"]:
    """Celery's application, made to send to the test's own broker. The address at its import does not matter."""
    from workers.app import app

    before = app.conf.broker_url
    send_to(app, app_settings.broker_url)
    yield app
    send_to(app, before)


@pytest.fixture
def mortal_broker(celery_app: "Celery", broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Broker:
    """A broker that may be killed, to which Celery's application and the processes that the test starts send."""
    monkeypatch.setenv("TRANSOM_REDIS_URL", broker.url)
    settings.cache_clear()
    send_to(celery_app, broker.url)
    return broker


def send_to(app: Any, url: str) -> None:
    """Make Celery's application send to another broker.

    The address is in its configuration, and connections are in the pools of two objects and of kombu. Resets all.
    """
    from kombu import pools

    app.conf.broker_url = url
    app._pool = app.amqp._producer_pool = None
    pools.reset()
