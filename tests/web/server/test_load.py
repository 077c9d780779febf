"""Load reports of a real web process under attack, as the admin's page shows them."""

import re
import socket
import time

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.health import web_load
from intake.health.web_load import Load, load_now, totals
from intake.jobs import processes
from intake.models import Heartbeat
from intake.version import VERSION
from intake.web.limits import count, take_counts
from intake.web.server.kinds import DESK_UPLOADS, UPLOADS, Kinds
from intake.web.server.load import Reporter
from tests.waiting import until
from tests.web.bodies import MULTIPART
from tests.web.people import Newsroom
from tests.web.server.conftest import Served

BODY = f"POST /api/v1/submissions HTTP/1.1\r\nHost: here\r\nContent-Type: {MULTIPART}\r\nContent-Length: 9000000\r\n\r\n".encode()


def test_counts_are_taken_once() -> None:
    take_counts()
    count("no_thread")
    count("no_thread", 2)
    assert take_counts() == {"no_thread": 3}
    assert take_counts() == {}


@pytest.mark.usefixtures("app_settings")
def test_counts_of_a_report_that_fails_are_kept_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise LookupError("no such table")

    take_counts()
    with monkeypatch.context() as patched:
        patched.setattr(web_load, "store", broken)
        Reporter(Kinds(8))._write(Load(), {"no_thread": 2})
    assert take_counts() == {"no_thread": 2}
    Reporter(Kinds(8))._write(Load(), {"no_thread": 2})
    assert (take_counts(), events()) == ({}, {"no_thread": 2})


@pytest.mark.usefixtures("app_settings")
def test_the_web_server_reports_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = Reporter(Kinds(8))
    with monkeypatch.context() as patched:
        patched.setattr(processes, "start", lambda *_: 1 / 0)
        reporter._beat()
    reporter._beat()
    reporter._beat()
    with transaction() as session:
        (beat,) = session.scalars(select(Heartbeat))
        assert (beat.name, beat.kind) == (f"web@{socket.gethostname()}", "web")
        assert beat.details == {"version": VERSION}


@pytest.mark.slow
def test_uploads_that_are_kept_open_are_told_to_the_admin(served: Served, admin: Newsroom) -> None:
    """Each upload has sent enough to occupy a thread, and then sends nothing more."""
    lines = [served.connect() for _ in range(UPLOADS)]
    try:
        for line in lines:
            line.sendall(BODY + bytes(100_000))
        until(lambda: load().uploads == UPLOADS)
        page = admin.get("/admin/").text
        assert "Somebody is keeping uploads open" in page
        assert re.search(rf"{UPLOADS} of {UPLOADS + DESK_UPLOADS} places for uploads are taken", page)
    finally:
        for line in lines:
            line.close()
    until(lambda: load().uploads == 0)
    assert "Somebody is keeping uploads open" not in admin.get("/admin/").text


@pytest.mark.slow
def test_refusals_are_counted(served: Served) -> None:
    with served.connect() as line:
        line.sendall(b"GET / HTTP/1.1\r\nX-a: b")
        begun = time.monotonic()
        assert line.recv(10) == b""
        print(f"ended after {time.monotonic() - begun:.0f} s")
    until(lambda: events().get("headers_too_slow") == 1)


def load() -> Load:
    with transaction() as session:
        return load_now(session)


def events() -> dict[str, int]:
    with transaction() as session:
        return totals(session)
