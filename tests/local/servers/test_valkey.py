import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from intake.local.errors import CannotStart
from intake.local.servers import valkey
from intake.local.servers.valkey import Valkey
from intake.local.supervision.supervisor import Supervisor
from tests.waiting import until


@pytest.fixture
def server(tmp_path: Path) -> Valkey:
    return Valkey(tmp_path / "news room" / "valkey", tmp_path / "run dir")


@pytest.fixture
def running(server: Valkey, tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor([server.spec(tmp_path / "valkey.log")], tell=lambda line: None)
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()


@pytest.fixture
def client(server: Valkey) -> Iterator["redis.Redis"]:
    with redis.Redis(unix_socket_path=str(server.socket)) as client:
        yield client


def config(client: "redis.Redis", name: str) -> object:
    return client.config_get(name)[name]


def test_it_listens_on_a_socket_of_ours_alone(
    server: Valkey, running: Supervisor, client: "redis.Redis"
) -> None:
    assert config(client, "port") == "0"
    assert server.socket.stat().st_mode & 0o777 == 0o700
    assert server.data_dir.stat().st_mode & 0o777 == 0o700


def test_it_drops_nothing_when_full(running: Supervisor, client: "redis.Redis") -> None:
    assert config(client, "maxmemory-policy") == "noeviction"


def test_what_it_took_outlives_a_kill(server: Valkey, running: Supervisor, client: "redis.Redis") -> None:
    client.rpush("queue", "7")
    before = running.pids["valkey"]
    os.kill(before, signal.SIGKILL)

    def back() -> bool:
        running.handle_events(running.restart_due())
        return running.pids.get("valkey", before) != before and server.ready()

    until(back)
    assert client.lrange("queue", 0, -1) == [b"7"]


def test_without_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey, "find_spec", lambda _name: None)
    with pytest.raises(CannotStart, match="Valkey is not installed"):
        valkey.program()
