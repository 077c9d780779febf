"""Purges finish though worker and database are killed under them, and a scrub then leaves no trace."""

import os
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from intake.storage import Disk
from tests.health.scrub.traces import Traces, keys, temporary
from tests.waiting import until
from tests.whole import Whole, running

NUMBER = int(os.environ.get("TRANSOM_PURGED") or 100)
KILLS = ("worker", "worker", "postgres", "worker", "worker", "postgres", "worker")
PLANT = (
    "INSERT INTO events (name, submission_id, editor_id, data) SELECT 'note.written', id, %(editor)s,"
    " jsonb_build_object('word', %(mark)s::text) FROM submissions",
    "INSERT INTO checklist_ticks (submission_id, point, editor_id, revision) SELECT id, %(mark)s, %(editor)s, 1 FROM submissions",
)
"""Statements that write a mark, unencrypted, into rows of all submissions."""


@pytest.mark.slow
def test_purges_finish_though_five_workers_and_two_databases_die(tmp_path: Path) -> None:
    before = temporary()
    with running(tmp_path) as whole:
        url, traces = whole.settings.owner_url.replace("+psycopg", ""), Traces(whole, before)
        # Wait for the first scrub, which would otherwise remove the planted marks from the write-ahead log.
        until(lambda: _scrubs(url) == 1, 60)
        sealed, bare = (f"cnry{secrets.token_hex(8)}" for _ in range(2))
        with ThreadPoolExecutor(3) as pool:
            sent = [
                pool.submit(whole.submit, f"{sealed} {number}", body=f"{sealed} words. " * 50)
                for number in range(NUMBER)
            ]
        until(lambda: _statuses(url) == {"in_review": NUMBER}, 600)
        wrapped = _plant(whole, url, bare)
        assert len(wrapped) == 2 * NUMBER
        planted = traces.find([sealed.encode()], [bare.encode()], wrapped)
        assert planted[0] == {}
        assert all(planted[1:])

        begun = time.monotonic()
        killed = _withdraw_under_fire(whole, [one.result() for one in sent])
        withdrawn = time.monotonic() - begun
        until(lambda: _statuses(url) == {"purged": NUMBER}, 900)
        assert len(killed) == len(KILLS)
        until(lambda: _rest(url) == (0, 0, 0), 300)
        purged = time.monotonic() - begun
        assert not list(Disk(whole.settings.files_dir).listing("clean"))
        until(lambda: whole.transom("scrub", "--always").returncode == 0, 120)
        scrubbed = traces.find([sealed.encode(), bare.encode()], wrapped)
        print(
            f"\n{NUMBER} submissions: all withdrawn after {withdrawn:.0f} s, all purged after {purged:.0f} s, {len(killed)} processes killed."
            f"\nKinds of files with marks in clear and wrapped keys before: {planted[1:]}, after the scrub: {scrubbed}"
        )
        assert scrubbed == [{}, {}]


def _plant(whole: Whole, url: str, mark: str) -> list[bytes]:
    """Write a mark, unencrypted, into rows of all submissions, and return all wrapped keys."""
    whole.add_editor("editor@transom.example", "four words are good", "editor")
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT id FROM editors").fetchone()
        for statement in PLANT:
            connection.execute(statement, {"mark": mark, "editor": found and found[0]})
        connection.execute("CHECKPOINT")
        return keys(connection)


def _withdraw_under_fire(whole: Whole, receipts: list[str]) -> list[int]:
    done, lock, killed = 0, threading.Lock(), list[int]()
    at = {(number + 1) * len(receipts) // (len(KILLS) + 1): name for number, name in enumerate(KILLS)}

    def withdraw(receipt: str) -> None:
        nonlocal done
        data = {"receipt": receipt, "confirm": "yes"}
        # While the database is away, the page asks to try again later.
        until(lambda: whole.client.post("/receipt/withdrawals", data=data).status_code == 200, 120)
        with lock:
            done += 1
            target = at.get(done)
        if target:
            killed.append(whole.kill(target))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(withdraw, receipts))
    return killed


def _scrubs(url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM scrubs WHERE succeeded_at IS NOT NULL").fetchone()
        return found[0] if found else 0


def _statuses(url: str) -> dict[str, int]:
    try:
        with psycopg.connect(url) as connection:
            return dict(
                connection.execute("SELECT status, count(*) FROM submissions GROUP BY status").fetchall()
            )
    except psycopg.OperationalError:
        return {}


def _rest(url: str) -> tuple[int, ...]:
    """Return the numbers of wrapped keys, of search entries, and of jobs that have not ended."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT (SELECT count(*) FROM submission_keys), (SELECT count(*) FROM search_entries),"
            " (SELECT count(*) FROM jobs WHERE submission_id IS NOT NULL AND status <> 'done')"
        ).fetchone()
        assert found
        return found
