"""A scrub in the test database, also with obstacles such as open transactions."""

import re
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import select, text

from intake.db import engine, reader, transaction
from intake.health import scrub as package
from intake.health.scrub import passes, server, state
from intake.health.scrub.passes import ScrubOutcome, scrub
from intake.models import Deletion, Scrub
from intake.settings import Settings
from tests.models.rows import ROWS, Rows
from tests.submissions.test_removal_columns import emptied, tables

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def connection(app_settings: Settings) -> "Iterator[psycopg.Connection[Any]]":
    with psycopg.connect(app_settings.database_url, autocommit=True) as made:
        yield made


def file_of(connection: "psycopg.Connection[Any]", table: str) -> int:
    found = connection.execute("SELECT pg_relation_filenode(%s::regclass)", [table]).fetchone()
    assert found
    return int(found[0])


def delete_something() -> None:
    with transaction() as session:
        session.add(Deletion())


@pytest.fixture
def nothing_deleted(app_settings: Settings) -> None:
    with transaction() as session:
        for one in session.scalars(select(Deletion)):
            session.delete(one)


def test_all_tables_are_rewritten_once_after_a_deletion(
    nothing_deleted: None, connection: "psycopg.Connection[Any]"
) -> None:
    delete_something()
    names = [*server.tables(), server.STATISTICS]
    before = {name: file_of(connection, name) for name in names}
    assert scrub() == ScrubOutcome(1)
    after = {name: file_of(connection, name) for name in names}
    assert [name for name in names if before[name] == after[name]] == []
    with transaction() as session:
        last = state.last_scrub(session)
        assert (last.problems, last.deletions) == ((), 0)
        assert last.succeeded_at
        assert state.is_promised(session)
    assert scrub() == ScrubOutcome(0)
    assert {name: file_of(connection, name) for name in names} == after
    assert scrub(always=True) == ScrubOutcome(0)
    assert file_of(connection, "submission_keys") != after["submission_keys"]


def test_the_keys_are_rewritten_first(app_settings: Settings) -> None:
    told: list[str] = []
    scrub(told.append, always=True)
    assert next(line for line in told if "Rewriting" in line).startswith("Rewriting submission_keys")


def test_a_table_in_use_is_left_for_the_next_try(
    nothing_deleted: None, connection: "psycopg.Connection[Any]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes, "LOCK_TRIES", 2)
    monkeypatch.setattr(passes, "_await_older", lambda *_: [])
    delete_something()
    with connection.transaction():
        connection.execute("LOCK TABLE submission_keys IN ACCESS SHARE MODE")
        outcome = scrub()
    assert outcome == ScrubOutcome(1, ["The table submission_keys was in use."], is_passing=True)
    with transaction() as session:
        last = state.last_scrub(session)
        assert (last.deletions, last.problems) == (1, ("The table submission_keys was in use.",))
        assert not state.is_promised(session)
    assert scrub() == ScrubOutcome(1)


def test_a_table_that_takes_too_long_is_named_and_the_others_are_rewritten(
    nothing_deleted: None, connection: "psycopg.Connection[Any]", monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = passes._rewrite

    def rewrite(database: Any, name: str, limit: float) -> bool:
        if name == "events":
            raise passes._TooSlow
        return whole(database, name, limit)

    monkeypatch.setattr(passes, "_rewrite", rewrite)
    delete_something()
    before = file_of(connection, "submission_keys")
    sentence = "The table events cannot be rewritten within 1 seconds: run `transom scrub --seconds 600` in a quiet hour."
    assert scrub() == ScrubOutcome(1, [sentence])
    assert file_of(connection, "submission_keys") != before
    with transaction() as session:
        assert not state.is_promised(session)
        assert state.last_scrub(session).deletions == 1


def test_no_table_is_locked_for_longer_than_allowed(connection: "psycopg.Connection[Any]") -> None:
    connection.execute(
        "CREATE TABLE large AS SELECT repeat(md5(n::text), 50) AS body FROM generate_series(1, 60000) AS n"
    )
    try:
        before = file_of(connection, "large")
        with reader() as database, pytest.raises(passes._TooSlow):
            passes._rewrite(database, "large", 0.02)
        assert file_of(connection, "large") == before
        with reader() as database:
            assert passes._rewrite(database, "large", 60)
            assert database.scalar(text("SHOW statement_timeout")) == "0"
        assert file_of(connection, "large") != before
    finally:
        connection.execute("DROP TABLE large")


def test_an_older_transaction_that_could_see_deleted_rows_is_waited_for(
    nothing_deleted: None, connection: "psycopg.Connection[Any]", monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file_of(connection, "submission_keys")
    with psycopg.connect(
        engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
    ) as old:
        old.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        old.execute("SELECT 1 FROM submissions")
        delete_something()
        with monkeypatch.context() as patch:
            patch.setattr(passes, "OLD_SECONDS", 0)
            outcome = scrub()
        # Match any count, because autovacuum may hold another transaction open.
        (problem,) = outcome.problems
        assert re.fullmatch(r"Older transactions are still open on the database server: [1-9]\.", problem)
        assert outcome.is_passing
        assert file_of(connection, "submission_keys") == before
    assert scrub() == ScrubOutcome(1)


def test_one_scrub_runs_at_a_time(connection: "psycopg.Connection[Any]") -> None:
    connection.execute("SELECT pg_advisory_lock(%s)", [passes.LOCK])
    assert scrub() == ScrubOutcome(0, ["Another scrub is running."], is_passing=True)


def test_a_plan_changes_nothing(nothing_deleted: None, connection: "psycopg.Connection[Any]") -> None:
    delete_something()
    before = file_of(connection, "submission_keys")
    found = package.plan()
    assert (found.deletions, found.missing) == (1, [])
    assert next(iter(found.sizes)) == "submission_keys"
    assert file_of(connection, "submission_keys") == before
    with transaction() as session:
        assert session.get(Scrub, 1) is None


def test_a_user_without_rights_is_told_each_of_them(connection: "psycopg.Connection[Any]") -> None:
    connection.execute("DROP ROLE IF EXISTS scrub_nobody")
    connection.execute("CREATE ROLE scrub_nobody")
    try:
        with reader() as database:
            database.exec_driver_sql("SET ROLE scrub_nobody")
            sentences = [one.sentence for one in server.missing(database)]
            advice = " ".join(one.advice for one in server.missing(database))
            database.exec_driver_sql("RESET ROLE")
            assert server.missing(database) == []
    finally:
        connection.execute("DROP ROLE scrub_nobody")
    assert sentences == [sentence for _, sentence, _ in server.RIGHTS]
    assert "GRANT pg_checkpoint TO scrub_nobody" in advice


def test_statistics_hold_nothing_of_any_column_with_words(connection: "psycopg.Connection[Any]") -> None:
    write = Rows(connection)
    for name in ROWS:
        write.insert(name)
        if name == "holder_keys":
            write.insert_second_holder()
    connection.execute("ANALYZE")
    known = connection.execute(
        "SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'"
    ).fetchall()
    assert ("submissions", "status") in known  # shows that there are statistics to look for
    words = {(table.name, column.name) for table in tables() for column in emptied(table)}
    ours = {pair for pair in words if pair[0] not in {"events", "jobs"}}
    assert {pair for pair in ours if pair in set(known)} == set()


def test_old_segments_of_the_log_go(connection: "psycopg.Connection[Any]") -> None:
    """Test with the write-ahead log of the shared test server, which has the settings of the embedded server."""
    connection.execute("SELECT pg_logical_emit_message(true, 'test', 'CNRYlog')")
    before = connection.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())").fetchone()
    assert scrub(always=True).problems == []
    left = connection.execute("SELECT name FROM pg_ls_waldir()").fetchall()
    assert before not in left
