"""Purges finish though worker and database are killed under them."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from intake.storage import Disk
from tests.waiting import until
from tests.whole import Whole, running

NUMBER = int(os.environ.get("TRANSOM_PURGED") or 100)
KILLS = ("worker", "worker", "postgres", "worker", "worker", "postgres", "worker")


@pytest.mark.slow
def test_purges_finish_though_five_workers_and_two_databases_die(tmp_path: Path) -> None:
    with running(tmp_path) as whole:
        url = whole.settings.sqlalchemy_url.replace("+psycopg", "")
        receipts = [whole.submit(f"Number {number}", body="Words. " * 50) for number in range(NUMBER)]
        until(lambda: _statuses(url) == {"in_review": NUMBER}, 240)
        killed = _withdraw_under_fire(whole, receipts)
        until(lambda: _statuses(url) == {"purged": NUMBER}, 300)
        assert len(killed) == len(KILLS)
        until(lambda: _rest(url) == (0, 0, 0), 120)
        assert not list(Disk(whole.settings.files_dir).listing("clean"))
        until(lambda: whole.transom("scrub").returncode == 0, 120)


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
