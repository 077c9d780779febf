import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.local.processes import all_specs, reachable_host, server_specs, transom_specs, web_answers
from intake.settings import Settings
from tests.local.running import free_port


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = Settings(data_dir=tmp_path)
    yield made
    shutil.rmtree(made.run_dir)


def names(settings: Settings) -> list[str]:
    return [spec.name for spec in all_specs(settings)]


def test_servers_come_before_migrations_and_these_before_the_rest(settings: Settings) -> None:
    assert names(settings) == ["postgres", "valkey", "migrate", "worker", "relay", "scheduler", "web"]


def test_named_servers_are_not_ours_to_run(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path, database_url="postgresql://elsewhere/news", redis_url="redis://elsewhere"
    )
    assert server_specs(settings) == []
    assert names(settings)[0] == "migrate"


def test_all_graces_together_leave_room_within_ten_seconds(settings: Settings) -> None:
    assert sum(spec.grace for spec in all_specs(settings) if not spec.once) <= 9.5


def test_only_migrations_end_by_themselves() -> None:
    assert [spec.name for spec in transom_specs(Settings()) if spec.once] == ["migrate"]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz/live" else 404)
        self.end_headers()

    def log_message(self, *args: object) -> None: ...


def test_the_web_server_is_asked_whether_it_lives() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert web_answers(f"0.0.0.0:{server.server_port}")
        thread.join()
    assert not web_answers(f"127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    ("host", "address"),
    [("", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("10.0.0.7", "10.0.0.7")],
)
def test_the_address_that_we_ask(host: str, address: str) -> None:
    assert reachable_host(host) == address
