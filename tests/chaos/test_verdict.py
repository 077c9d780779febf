"""Each fault is reported within two minutes: on the page, in the command, and in the health check.

Once the fault is over, the report disappears without intervention.
"""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from intake.local.servers.postgres import Postgres
from intake.local.supervision.supervisor import Supervisor
from tests.chaos.fire.target import family
from tests.waiting import until
from tests.whole import Whole, running

pytestmark = pytest.mark.slow

WITHIN_S = 120
EMAIL, PASSWORD = "asel@transom.example", "correct horse battery"
WELL = "Submissions are being processed"


class Watcher:
    """Reads the health report in all three places."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        whole.add_editor(EMAIL, PASSWORD, "admin")
        form = whole.client.get("/login").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert token
        fields = {"csrf_token": token[1], "email": EMAIL, "password": PASSWORD}
        assert whole.client.post("/login", data=fields).status_code in {302, 303}

    def sees(self, sentence: str, public: str) -> Callable[[], bool]:
        """Return whether page and command match the pattern, and the health check says the public sentence."""

        def look() -> bool:
            page, command = self._page(), self._whole.transom("status")
            ready = self._whole.client.get("/healthz/ready")
            return (
                re.search(sentence, page) is not None
                and re.match(sentence, command.stdout) is not None
                and (command.returncode, ready.status_code) == (1, 503)
                and ready.json()["sentence"] == public
            )

        return look

    def sees_nothing_wrong(self) -> bool:
        """Return whether all three places report that submissions are being processed."""
        ready, command = self._whole.client.get("/healthz/ready"), self._whole.transom("status")
        return (ready.status_code, command.returncode) == (200, 0) and WELL in self._page()

    def _page(self) -> str:
        page = self._whole.client.get("/admin/").text
        said = re.search(r'<h1 class="health-report__sentence">([^<]+)</h1>', page)
        return said[1] if said else ""


@contextmanager
def stopped(whole: Whole, name: str) -> Iterator[None]:
    """Send SIGSTOP to a process and its children. It hangs, and is not restarted."""
    pids = family(until(lambda: whole.pids(name), 30)[0])
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    yield
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def paused(whole: Whole) -> Iterator[None]:
    whole.transom("queue", "pause", "photos", "--reason", "The disk is full")
    yield
    whole.transom("queue", "resume", "photos")


@contextmanager
def full(whole: Whole) -> Iterator[None]:
    """Set the broker's memory limit so low that it accepts no more jobs."""
    with redis.Redis(unix_socket_path=str(whole.settings.run_dir / "valkey.sock")) as client:
        client.config_set("maxmemory", 1)
        whole.submit("While the broker was full")
        yield
        client.config_set("maxmemory", 0)


Fault = Callable[[Whole], AbstractContextManager[None]]

# Fault → how to cause it, start of the sentence, and the public sentence.
FAULTS: dict[str, tuple[Fault, str, str]] = {
    "a worker that hangs": (
        lambda whole: stopped(whole, "worker"),
        r"Submissions have not been processed for \d+ seconds: worker worker@\S+ has stopped answering",
        "Submissions are not being processed: no worker answers.",
    ),
    "a dead relay": (
        lambda whole: stopped(whole, "relay"),
        r"Submissions have not been processed for \d+ seconds: the relay has stopped",
        "Submissions are not being processed: the relay has stopped.",
    ),
    "a paused queue": (
        paused,
        r"Photos (have|are) not be.* processed.*: the queue photos is paused \(The disk is full\)",
        "Photos are not being processed: the queue photos is paused.",
    ),
    "a full broker": (
        full,
        r"Submissions (have|are) not be.* processed.*: the broker is full; 1 submission waits",
        "Submissions are not being processed: the broker is full.",
    ),
    "a stopped scheduler": (
        lambda whole: stopped(whole, "scheduler"),
        r"Submissions are being processed, but the scheduler has stopped",
        "Submissions are being processed, but the scheduler has stopped: no tests, cleanup or mail digests run.",
    ),
}


def test_each_fault_and_its_end_are_reported(whole: Whole) -> None:
    watcher = Watcher(whole)
    until(watcher.sees_nothing_wrong, WITHIN_S)
    for name, (fault, sentence, public) in FAULTS.items():
        with fault(whole):
            begun = time.monotonic()
            until(watcher.sees(sentence, public), WITHIN_S)
            seen = time.monotonic() - begun
        begun = time.monotonic()
        until(watcher.sees_nothing_wrong, WITHIN_S)
        print(f"\n{name}: told after {seen:.0f} s, and its end after {time.monotonic() - begun:.0f} s")


HUNG_S = 130
"""Longer than a period of the canaries, with the tolerance for a late start."""


def test_after_a_worker_that_hung_nobody_else_is_blamed(whole: Whole) -> None:
    watcher = Watcher(whole)
    until(watcher.sees_nothing_wrong, WITHIN_S)
    with stopped(whole, "worker"):
        time.sleep(HUNG_S)
    begun, said = time.monotonic(), set[str]()

    def goes_on() -> bool:
        status = whole.transom("status")
        said.add(status.stdout.splitlines()[0])
        return status.returncode == 0

    until(goes_on, WITHIN_S)
    print(f"\ntold after {time.monotonic() - begun:.0f} s")
    assert [one for one in said if "scheduler" in one] == []


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """PostgreSQL with a password.

    The fixture's function sets a password, closes all connections, and returns the URL.
    """
    postgres = Postgres(tmp_path / "guarded", tmp_path / "run", durable=False)
    supervisor = Supervisor([postgres.spec(tmp_path / "postgres.log")])
    supervisor.start()
    with psycopg.connect(postgres.url, autocommit=True) as owner:
        owner.execute("CREATE ROLE guest LOGIN")
        owner.execute("CREATE DATABASE guarded OWNER guest")
        (path,) = owner.execute("SHOW hba_file").fetchone() or ("",)
        Path(path).write_text("local guarded guest scram-sha-256\n" + Path(path).read_text())
        owner.execute("SELECT pg_reload_conf()")

        def let_in(password: str) -> str:
            owner.execute(f"ALTER ROLE guest PASSWORD '{password}'")
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'guest'")
            return f"postgresql://guest:{password}@/guarded?host={tmp_path / 'run'}"

        yield let_in
    supervisor.stop()


def test_a_database_that_refuses_the_password(tmp_path: Path, guarded: Callable[[str], str]) -> None:
    refused = "The database refuses the password in TRANSOM_DATABASE_URL."
    with running(tmp_path, TRANSOM_DATABASE_URL=guarded("right")) as whole:
        watcher = Watcher(whole)
        until(watcher.sees_nothing_wrong, WITHIN_S)
        guarded("another")
        begun = time.monotonic()
        until(lambda: whole.client.get("/healthz/ready").status_code == 503, WITHIN_S)
        assert whole.client.get("/healthz/ready").json()["sentence"] == refused
        command = whole.transom("status")
        assert command.returncode == 1
        assert refused in command.stderr
        page = whole.client.get("/admin/")
        assert page.status_code == 503
        assert "doctor" in page.text
        print(f"\na wrong password: told after {time.monotonic() - begun:.1f} s")
        guarded("right")
        until(watcher.sees_nothing_wrong, WITHIN_S)
