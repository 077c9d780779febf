"""`transom migrate` seals words of an older version. It is killed again and again, while the desk is used."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from intake.crypto import read_or_create_key
from intake.db import migrate
from intake.keys.files import prepare
from intake.local.exclusive import exclusive_access
from intake.local.migration_check import needs_migration, newest
from intake.local.processes import web_answers
from intake.local.servers.postgres import APPLICATION
from intake.settings import Settings, settings
from tests.forgetting import forget
from tests.health.scrub.browser import Browser
from tests.health.scrub.traces import search
from tests.migrations.former_words import BEFORE, FormerWords
from tests.waiting import until

NUMBER = int(os.environ.get("TRANSOM_SEALED") or 200)
EMAIL, PASSWORD = "asel2@transom.example", "four words are good"
IN_CLEAR = "SELECT count(*) FROM revisions WHERE substr(title, 1, 1) = '\\x00'"
TERMS_IN_CLEAR = "SELECT count(*) FROM search_entries WHERE bucket = 0"
RIGHTS = f"SELECT has_table_privilege('{APPLICATION}', 'clear_words', 'DELETE')"
SUBMISSION = "/desk/submissions"


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An installation with an embedded PostgreSQL, which runs, and without tables."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {"TRANSOM_DATA_DIR": str(tmp_path / "data"), "PORT": str(port), "TRANSOM_UNDO_SECONDS": "0"}
    for name, value in given.items() | {("TRANSOM_FASTEST_SECONDS", "0"), ("TRANSOM_HOURLY_BUDGET", "100000")}:  # fmt: skip
        monkeypatch.setenv(name, value)
    forget()
    with exclusive_access(settings()):
        yield settings()
    forget()


@dataclass
class Desk:
    """An editor and a contributor who go on working.

    `codes` counts their requests by kind and status, `slowest` is in seconds, and `rounds` counts the editor's rounds.
    """

    config: Settings
    mark: str
    receipt: str
    codes: Counter[tuple[str, int]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    rounds: int = 0

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Use the desk until the block ends."""
        stop = threading.Event()
        threads = [
            threading.Thread(target=self._repeat, args=(act, stop)) for act in (self._edit, self._contribute)
        ]
        for one in threads:
            one.start()
        try:
            yield
        finally:
            stop.set()
            for one in threads:
                one.join()

    def _repeat(self, act: Callable[[Browser], None], stop: threading.Event) -> None:
        browser = Browser(self.config.base_url, told=self._note)
        try:
            if act == self._edit:
                browser.log_in(EMAIL, PASSWORD)
            while not stop.is_set():
                act(browser)
                self.rounds += act == self._edit
        except BaseException as error:
            self.faults.append(f"{type(error).__name__}: {error}"[:3000])
            raise

    def _note(self, kind: str, code: int, seconds: float) -> None:
        self.codes[kind, code] += 1
        self.slowest[kind] = max(self.slowest.get(kind, 0), seconds)

    def _edit(self, page: Browser) -> None:
        """Read the queue, search, open a submission, edit it, write a note, and put it on hold."""
        queue = page.get("/desk/", sort="newest" if secrets.randbelow(2) else "oldest")
        assert self.mark in queue
        assert f"{SUBMISSION}/" in page.get("/desk/", q=self.mark, lane="all")
        path = secrets.choice(page.links(SUBMISSION))
        assert f"{self.mark} text" in page.get(path)
        if f'action="{path}/revisions"' not in page.get(path) and "/decisions" not in page.body:
            return
        page.send(f"{path}/notes", note="A colleague has read it.")
        page.get(path)
        if f"{path}/revisions/new" in page.body:
            page.get(f"{path}/revisions/new")
            page.send(f"{path}/revisions", note="Read")
        page.get(path)
        if 'value="hold"' in page.body:
            page.send(f"{path}/decisions", verdict="hold", code="hold.verifying", message="Please wait.")

    def _contribute(self, page: Browser) -> None:
        """Send a submission, and read the receipt page of one from before."""
        words = {"title": "New", "body": f"New words {secrets.token_hex(8)}.", "consent": "yes", "language": "en"}  # fmt: skip
        page.post("/api/v1/submissions", words)
        page.get("/en/receipt")
        page.post("/en/receipt", {"receipt": self.receipt})
        time.sleep(0.5)


@pytest.mark.slow
def test_nothing_is_lost_and_no_page_fails_while_words_are_sealed(installation: Settings) -> None:
    mark, begun = f"cnry{secrets.token_hex(8)}", time.monotonic()
    words = _write(installation, mark)
    url = installation.owner_url.replace("+psycopg", "", 1)
    log: list[str] = []
    with psycopg.connect(url, autocommit=True) as database, contextlib.ExitStack() as stack:

        def ask(query: str) -> Any:
            found = database.execute(query.encode()).fetchone()
            return found and found[0]

        def is_below(query: str, most: int) -> bool:
            return bool(ask(query) < most)

        # No server runs in this stage, because the migration changes the tables.
        _killed(log, "tables", lambda: ask("SELECT version_num FROM alembic_version") != BEFORE)
        _killed(
            log, "tables", lambda: ask("SELECT version_num FROM alembic_version") == newest() and ask(RIGHTS)
        )
        stack.enter_context(_web(installation))
        desk = Desk(installation, mark, words.receipt)
        stack.enter_context(desk.used())
        until(lambda: desk.rounds > 1, 60)
        log.append(f"{time.monotonic() - begun:.0f} s: the tables are changed, and the desk is used")
        tables = ask("SELECT count(*) FROM clear_words")
        for share in (0.8, 0.5, 0.2):
            few = int(share * NUMBER)
            assert _killed(log, "words", partial(is_below, IN_CLEAR, few))
        assert _killed(log, "rewriting", partial(is_below, "SELECT count(*) FROM clear_words", tables))
        assert _killed(log, "search", partial(is_below, TERMS_IN_CLEAR, int(0.8 * NUMBER)))
        assert needs_migration(installation)
        done = _transom("migrate")
        assert done.returncode == 0, done.stderr
        log.append(f"{time.monotonic() - begun:.0f} s: ended. {done.stdout.strip()}")
        assert not needs_migration(installation)
        remains = [ask(IN_CLEAR), ask(TERMS_IN_CLEAR), ask("SELECT count(*) FROM clear_words")]
    slowest = {kind: round(most, 2) for kind, most in desk.slowest.items()}
    print(f"\n{NUMBER} submissions", *log, dict(desk.codes), f"slowest: {slowest}", sep="\n")
    assert desk.faults == []
    assert remains == [0, 0, 0]
    assert list(words.changed()) == []
    migrated = search([installation.data_dir], [mark.encode()])
    # With many submissions, a rewrite takes longer than the default limit. docs/ops/scrub.md advises `--seconds` then.
    scrubbed = _transom("scrub", "--seconds", "600")
    assert scrubbed.returncode == 0, scrubbed.stderr
    assert "Nothing was deleted" not in scrubbed.stdout
    left = search([installation.data_dir], [mark.encode()])
    print(f"Kinds of files with words in clear: {migrated} after `transom migrate`, {left} after the scrub")
    assert set(migrated[0]) <= {"write-ahead log"}
    assert left == [{}]


def _write(config: Settings, mark: str) -> FormerWords:
    """Make the tables and keys of an older version, and write submissions."""
    read_or_create_key(config.master_key_path)
    prepare(config)
    migrate(config.owner_url, BEFORE)
    words = FormerWords(mark, NUMBER)
    with psycopg.connect(config.owner_url.replace("+psycopg", "", 1)) as connection:
        words.write(connection)
    return words


@contextlib.contextmanager
def _web(config: Settings) -> Iterator[None]:
    """Run the web server, with an account for the desk."""
    account = ("--email", EMAIL, "--name", "Asel", "--role", "editor", "--password-stdin")
    made = _transom("user", "add", *account, stdin=PASSWORD)
    assert made.returncode == 0, made.stderr
    with subprocess.Popen([sys.executable, "-m", "intake", "web"], start_new_session=True) as web:
        try:
            until(lambda: web_answers(config.listeners[0]), 60)
            yield
        finally:
            web.terminate()


def _transom(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "intake", *args]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)


def _killed(log: list[str], stage: str, condition: Callable[[], bool]) -> bool:
    """Run `transom migrate`, and kill it as soon as a condition is true. Returns False if it ended earlier."""
    begun = time.monotonic()
    with subprocess.Popen([sys.executable, "-m", "intake", "migrate"]) as process:
        try:
            until(lambda: condition() or process.poll() is not None, 900)
        finally:
            process.kill()
        code = process.wait()
    log.append(f"{stage}: after {time.monotonic() - begun:.1f} s, it ended with {code}")
    return code == -signal.SIGKILL
