import http.server
import threading
from pathlib import Path

import pytest

from intake.local.crew import alive, crew, our_own, servers, spoken
from intake.settings import Settings
from tests.local.running import free_port


def names(settings: Settings) -> list[str]:
    return [spec.name for spec in crew(settings)]


def test_servers_come_before_migrations_and_these_before_the_rest(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert names(settings) == ["postgres", "valkey", "migrate", "worker", "relay", "scheduler", "web"]


def test_named_servers_are_not_ours_to_run(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path, database_url="postgresql://elsewhere/news", redis_url="redis://elsewhere"
    )
    assert servers(settings) == []
    assert names(settings)[0] == "migrate"


def test_all_graces_together_leave_room_within_ten_seconds(tmp_path: Path) -> None:
    assert sum(spec.grace for spec in crew(Settings(data_dir=tmp_path)) if not spec.once) <= 9.5


def test_only_migrations_end_by_themselves() -> None:
    assert [spec.name for spec in our_own(Settings()) if spec.once] == ["migrate"]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz/live" else 404)
        self.end_headers()

    def log_message(self, *args: object) -> None: ...


def test_the_web_server_is_asked_whether_it_lives() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert alive("0.0.0.0", server.server_port)
        thread.join()
    assert not alive("127.0.0.1", free_port())


@pytest.mark.parametrize(
    ("host", "address"),
    [("", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("10.0.0.7", "10.0.0.7")],
)
def test_the_address_that_we_ask(host: str, address: str) -> None:
    assert spoken(host) == address
