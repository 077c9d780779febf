"""Streams and sessions of a real server with two processes."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask_security import hash_password

from intake.accounts import administration, invitations, tokens
from intake.accounts.account_words import SESSION_ENDED
from intake.db import transaction
from intake.models import Editor, LiveStream
from intake.settings import Settings
from intake.web import create_app
from tests.waiting import until
from tests.web.people import PASSWORD, value

ASEL = "asel@transom.example"
GRACE = httpx.Timeout(60)


@pytest.fixture
def address(app_settings: Settings, tmp_path: Path) -> Iterator[str]:
    """URL of `transom web` with two processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "TRANSOM_WEB_WORKERS": "2"}
    log = tmp_path / "web.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "intake", "web"], env=environment, stdout=out, stderr=out
        )
    url = f"http://127.0.0.1:{port}"

    def up() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            return httpx.get(f"{url}/healthz/live", timeout=GRACE).status_code == 200
        except httpx.TransportError:
            return False

    until(up)
    yield url
    process.terminate()
    process.wait(20)


@pytest.fixture
def asel(app_settings: Settings) -> int:
    """Id of an editor with a password."""
    with create_app().app_context(), transaction() as session:
        return invitations.create_account(
            session, email=ASEL, name="Asel", roles=["editor"], password_hash=hash_password(PASSWORD)
        ).id


@pytest.fixture
def browser(address: str, asel: int) -> Iterator[httpx.Client]:
    """Browser of the editor, logged in."""
    with httpx.Client(base_url=address, timeout=GRACE) as client:
        token = value(client.get("/login").text, "csrf_token")
        form = {"csrf_token": token, "email": ASEL, "password": PASSWORD}
        assert client.post("/login", data=form).status_code == 302
        yield client


class OpenStream:
    """Stream that a tab holds open."""

    def __init__(self, browser: httpx.Client) -> None:
        request = browser.build_request("GET", "/desk/stream", headers={"Sec-Fetch-Dest": "empty"})
        self.answer = browser.send(request, stream=True)
        assert self.answer.status_code == 200
        self._chunks: Iterator[str] = self.answer.iter_text()
        assert "retry:" in next(self._chunks)

    def rest(self) -> str:
        """Read until the server closes the stream. Fails if nothing happens for a minute."""
        return "".join(self._chunks)


def streams() -> int:
    with transaction() as session:
        return session.query(LiveStream).count()


def test_point_46_switching_off_ends_streams_sessions_and_tokens_in_all_processes(
    browser: httpx.Client, asel: int
) -> None:
    """The streams are spread over two processes. A notification ends them, long before the check after 30 s."""
    opened = [OpenStream(browser) for _ in range(3)]
    until(lambda: streams() == 3)
    with transaction() as session:
        _, secret = tokens.make_token(session, session.get_one(Editor, asel), "A script", ["read"])
    program: dict[str, Any] = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert browser.get("/api/v1/desk/editors", **program).status_code == 200
    with transaction() as session:
        administration.switch_off(session, asel, None)
    led = browser.get("/desk/")
    assert (led.status_code, led.headers["Location"]) == (303, "/login?next=/desk/")
    assert SESSION_ENDED["switched_off"] in browser.get(led.headers["Location"]).text
    assert browser.get("/api/v1/desk/editors", **program).status_code == 401
    for stream in opened:
        assert "event: crowded" not in stream.rest()
    until(lambda: streams() == 0)


def test_point_45_the_oldest_of_four_streams_closes_in_whichever_process(browser: httpx.Client) -> None:
    first, *others = [OpenStream(browser) for _ in range(4)]
    assert first.rest().endswith("event: crowded\ndata: {}\n\n")
    until(lambda: streams() == 3)
    assert not any(stream.answer.is_closed for stream in others)
    for stream in others:
        stream.answer.close()
