"""Unencrypted search entries and entries under older keys are found, rewritten, and removed from the files."""

import threading
from pathlib import Path

import pytest
from psycopg import IsolationLevel, connect
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, delete, select, text

from intake import db
from intake.db import transaction
from intake.models import Deletion, SearchEntry, SearchKey, Submission
from intake.queue import reindexing
from intake.queue.filters import Filters
from intake.queue.page import editor_queue
from intake.settings import settings
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned
from tests.cli.commands import transom

CLEAR = "'comet':1,4 'rivers':2 'river'"


def hits(q: str) -> int:
    with transaction() as session:
        return len(editor_queue(session, Filters.parse({"q": q, "lane": "all"})).items)


@pytest.fixture
def two(contributor: Contributor) -> None:
    """Two submissions. The search entry of the first is stored as before search keys were introduced."""
    for _ in range(2):
        contributor.submit()
        with transaction() as session:
            text_cleaned(
                session, contributor.submission_id, cleaned(title="Comet rivers", html="<p>Ice.</p>")
            )
    with transaction() as session:
        session.execute(text("INSERT INTO search_keys (number) VALUES (0)"))
        first = session.scalars(select(Submission.id).order_by(Submission.arrival)).first()
        session.execute(
            text(
                "UPDATE search_entries SET terms = cast(:terms AS tsvector), bucket = 0, links = '{}' WHERE submission_id = :id"
            ),
            {"terms": CLEAR, "id": first},
        )


def test_entries_of_before_and_new_ones_are_found_together(two: None) -> None:
    assert (hits("comet"), hits("river"), hits('"comet rivers"'), hits("nowhere")) == (2, 2, 2, 0)
    assert hits('comet -"comet rivers"') == 0
    assert hits('comet -"rivers comet"') == 2
    assert hits('"rivers comet"') == 0


def test_migrate_writes_entries_of_before_anew(two: None) -> None:
    with transaction() as session:
        session.execute(delete(Deletion))
    result = transom("migrate")
    assert result.exit_code == 0, result.output
    assert "Indexed 1 submission for the search." in result.output
    with transaction() as session:
        assert session.scalars(select(SearchKey.number)).all() == [1]
        assert all(1 <= bucket <= 16 for bucket in session.scalars(select(SearchEntry.bucket)))
    assert (hits("comet"), hits('"comet rivers"')) == (2, 2)
    with transaction() as session:
        # A row in `deletions` starts a scrub, which removes older terms from the write-ahead log.
        assert session.scalars(select(Deletion)).first()
    assert "Indexed" not in transom("migrate").output


def test_an_interrupted_run_goes_on(two: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(reindexing, "_rewrite", fail)
        with pytest.raises(RuntimeError):
            list(reindexing.reindex_all(1))
    assert hits("comet") == 2
    with transaction() as session:
        assert reindexing.is_needed(session)
    assert list(reindexing.reindex_all()) == []
    with transaction() as session:
        assert not reindexing.is_needed(session)


def test_a_rotation_writes_all_entries_anew(two: None) -> None:
    list(reindexing.reindex_all())
    with transaction() as session:
        before = set(session.scalars(select(SearchEntry.terms)))
    assert reindexing.begin_rotation()
    assert not reindexing.begin_rotation()
    assert hits('"comet rivers"') == 2
    result = transom("keys", "rotate-search")
    assert "Continuing with the search keys of the interrupted run.\nIndexed 2 submissions" in result.output
    with transaction() as session:
        assert session.scalars(select(SearchKey.number)).all() == [2]
        assert all(17 <= bucket <= 32 for bucket in session.scalars(select(SearchEntry.bucket)))
        assert before.isdisjoint(session.scalars(select(SearchEntry.terms)))
    assert hits('"comet rivers"') == 2


def test_an_entry_written_under_an_older_key_in_the_meantime_is_written_anew(
    two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction that began before the rotation ends after the last batch."""
    rewrites: list[int] = []

    def late() -> None:
        if not rewrites:
            with transaction() as session:
                session.execute(text("UPDATE search_entries SET bucket = 0"))
        rewrites.append(1)

    monkeypatch.setattr(reindexing, "_rewrite", late)
    list(reindexing.reindex_all())
    assert len(rewrites) == 2
    with transaction() as session:
        assert min(session.scalars(select(SearchEntry.bucket))) > 0


def test_no_word_stays_in_the_table_its_index_or_its_statistics(two: None) -> None:
    with transaction() as session:
        session.execute(text("ANALYZE search_entries"))
    with connect(settings().database_url, autocommit=True) as database:
        assert b"rivers" in _files(database)
    list(reindexing.reindex_all())
    with connect(settings().database_url, autocommit=True) as database:
        database.execute("CHECKPOINT")
        assert not any(word in _files(database) for word in (b"comet", b"rivers"))
        found = str(database.execute("SELECT * FROM pg_stats WHERE tablename = 'search_entries'").fetchall())
        assert "comet" not in found
        assert "rivers" not in found


def test_former_statistics_go_though_a_transaction_began_while_the_table_was_rewritten(
    two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        session.execute(text("ANALYZE search_entries"))
    real = db.await_older_transactions
    with connect(settings().database_url) as reader, connect(settings().database_url, autocommit=True) as own:
        reader.isolation_level = IsolationLevel.REPEATABLE_READ

        def wait(connection: Connection, seconds: float) -> int:
            """Wait, then begin a transaction, which ends 0.5 s after the next call begins."""
            is_open = reader.info.transaction_status != TransactionStatus.IDLE
            if is_open:
                threading.Timer(0.5, reader.rollback).start()
            older = real(connection, seconds)
            if not is_open:
                reader.execute("SELECT count(*) FROM pauses")
            return older

        monkeypatch.setattr(reindexing, "await_older_transactions", wait)
        list(reindexing.reindex_all())
        assert reader.info.transaction_status == TransactionStatus.IDLE
        assert not any(word in _files(own) for word in (b"comet", b"rivers"))


def test_older_transactions_are_waited_for_since_a_rewrite_keeps_what_they_see(
    two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(settings().database_url) as reader, connect(settings().database_url, autocommit=True) as own:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM search_entries")
        with monkeypatch.context() as patch:
            patch.setattr(reindexing, "OLD_SECONDS", 0)
            with pytest.raises(reindexing.NotRewritten, match=r"still open on the database server: [1-9]$"):
                list(reindexing.reindex_all())
        assert b"rivers" in _files(own)
        ending = threading.Timer(1, reader.rollback)
        ending.start()
        list(reindexing.reindex_all())
        ending.join()
        assert not any(word in _files(own) for word in (b"comet", b"rivers"))
    with transaction() as session:
        assert not reindexing.is_needed(session)


def _files(database: object) -> bytes:
    """Contents of the files of table, TOAST table, index and statistics."""
    database.execute("CHECKPOINT")  # type: ignore[attr-defined]
    names = database.execute(  # type: ignore[attr-defined]
        "SELECT pg_relation_filepath(c.oid), current_setting('data_directory') FROM pg_class c WHERE relname IN"
        " ('search_entries', 'ix_search_entries_terms', 'pg_statistic') OR oid IN"
        " (SELECT reltoastrelid FROM pg_class WHERE relname IN ('search_entries', 'pg_statistic'))"
    ).fetchall()
    return b"".join((Path(folder) / path).read_bytes() for path, folder in names)
