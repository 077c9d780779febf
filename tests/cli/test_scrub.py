import pytest
from sqlalchemy import delete

from intake.db import transaction
from intake.health.scrub import passes, server
from intake.models import Deletion
from intake.settings import Settings
from tests.cli.commands import transom


@pytest.fixture
def deleted(app_settings: Settings) -> None:
    """Record exactly one deletion for the next scrub."""
    with transaction() as session:
        session.execute(delete(Deletion))
        session.add(Deletion())


def test_a_dry_run_says_what_would_be_done(deleted: None) -> None:
    done = transom("scrub", "--dry-run")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Transactions that deleted something since the last scrub: 1. A scrub would:"
    assert lines[1].startswith("  rewrite submission_keys, ")
    assert lines[-1].startswith("  start checkpoints")
    assert transom("scrub", "--dry-run").stdout.splitlines()[0] == lines[0]


def test_the_work_is_done_once(deleted: None) -> None:
    done = transom("scrub")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Done.")
    assert "Rewriting submission_keys, " in done.stdout
    again = transom("scrub")
    assert (
        again.stdout == "Nothing was deleted since the last scrub. With --always, it is done all the same.\n"
    )
    assert transom("scrub", "--dry-run").stdout == "Nothing was deleted since the last scrub, so nothing would be done.\n"  # fmt: skip
    assert transom("scrub", "--always").stdout.endswith("Done.\n")


def test_what_is_missing_is_said_and_the_exit_code_tells(
    deleted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lack = server.Missing("The database user may not start a checkpoint.", "GRANT pg_checkpoint TO transom")
    monkeypatch.setattr(server, "missing", lambda _: [lack])
    dry = transom("scrub", "--dry-run")
    assert f"{lack.sentence} → {lack.advice}" in dry.stderr
    done = transom("scrub")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        lack.sentence,
        "Traces of deleted submissions may stay. See docs/ops/scrub.md.",
    ]


def test_the_longest_lock_is_passed_on(deleted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = set()

    def rewrite(_connection: object, _name: str, limit: float) -> bool:
        limits.add(limit)
        return True

    monkeypatch.setattr(passes, "_rewrite", rewrite)
    transom("scrub", "--seconds", "600", "--always")
    assert limits == {600.0}
    limits.clear()
    transom("scrub", "--always")
    assert limits == {1.0, 10.0}
