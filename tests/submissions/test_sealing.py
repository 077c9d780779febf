"""Words stored in clear by older versions are sealed during operation, and leave no trace in the files of their tables."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import delete, select, update

from intake.db import transaction
from intake.keys.sealed_words import CLEAR
from intake.models import Deletion, Reply, Revision, Submission
from intake.models.sealing.clear_words import ClearWords
from intake.models.sealing.words import WithWords
from intake.settings import Settings
from intake.submissions import sealing
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned
from tests.cli.commands import transom

MARK = "CNRYclear"
MODELS: Sequence[type[Any]] = (*sealing.OF_SUBMISSIONS, *sealing.OTHERS)


def make_clear(settings: Settings) -> None:
    """Store all words in clear, as they were before they were sealed."""
    with transaction() as session:
        rows = [
            row for model in MODELS for row in session.scalars(select(model)) if isinstance(row, WithWords)
        ]
        values = [
            (row, words, words._to_text(words.__get__(row, type(row))).encode())
            for row in rows
            for words in row.WORDS
            if getattr(row, words.attribute)
        ]
        for row, words, plain in values:
            setattr(row, words.attribute, CLEAR + plain)
        for model in MODELS:
            session.merge(ClearWords(name=model.__tablename__))


@pytest.fixture
def three(contributor: Contributor, app_settings: Settings) -> list[uuid.UUID]:
    """Three submissions whose words are stored in clear."""
    with transaction() as session:
        session.execute(delete(Reply))  # starter replies
    sent = []
    for number in range(3):
        sent.append(contributor.submit())
        words = cleaned(title=f"{MARK} {number}", html=f"<p>{MARK}</p>", print_name=MARK)
        with transaction() as session:
            text_cleaned(session, contributor.submission_id, words)
    make_clear(app_settings)
    return sent


def titles() -> list[str | None]:
    with transaction() as session:
        rows = session.scalars(
            select(Revision).join(Submission).where(Revision.number == 1).order_by(Submission.arrival)
        )
        return [row.title for row in rows]


def in_clear(settings: Settings) -> int:
    """Number of values in clear."""
    with psycopg.connect(settings.database_url) as connection:
        return sum(
            row[0]
            for model in MODELS
            for words in model.WORDS
            if (
                row := connection.execute(
                    sql.SQL("SELECT count(*) FROM {} WHERE substr({}, 1, 1) = '\\x00'").format(
                        sql.Identifier(model.__tablename__),
                        sql.Identifier(
                            model.__table__.c[getattr(model, words.attribute).expression.key].name
                        ),
                    )
                ).fetchone()
            )
        )


WHOLE = [f"{MARK} {number}" for number in range(3)]


def test_both_forms_are_read(three: list[uuid.UUID], app_settings: Settings) -> None:
    assert titles() == WHOLE
    next(sealing.seal_all(batch=1))
    assert titles() == WHOLE
    assert in_clear(app_settings) > 0


def test_migrate_seals_words_of_before(three: list[uuid.UUID], app_settings: Settings) -> None:
    result = transom("migrate")
    assert result.exit_code == 0, result.output
    assert "Words were sealed: those of 3 submissions, saved replies and others." in result.output
    assert in_clear(app_settings) == 0
    assert titles() == WHOLE
    with transaction() as session:
        assert not sealing.is_needed(session)
        # A `Deletion` is recorded, so that a scrub removes the plain words from the write-ahead log.
        assert session.scalars(select(Deletion)).first()
    assert "Sealed" not in transom("migrate").output


def test_an_interrupted_run_goes_on(
    three: list[uuid.UUID], app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sealing.seal_all(batch=1)
    assert next(run).done == 1
    del run
    assert titles() == WHOLE

    def fail(name: str) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(sealing, "_rewrite", fail)
        with pytest.raises(RuntimeError):
            list(sealing.seal_all())
    assert in_clear(app_settings) == 0
    with transaction() as session:
        assert sealing.is_needed(session)
    list(sealing.seal_all())
    with transaction() as session:
        assert not sealing.is_needed(session)
    assert titles() == WHOLE


def test_a_submission_that_is_locked_is_sealed_when_it_is_free(
    three: list[uuid.UUID], app_settings: Settings
) -> None:
    with transaction() as session:
        session.get_one(Submission, three[1], with_for_update=True)
        run = sealing._seal_all(result := sealing.Sealed(), 20)
        assert next(run).done == 2
    assert [one.done for one in run][-1] == 3
    assert not result.failed
    assert in_clear(app_settings) == 0


def test_a_submission_whose_key_does_not_open_stays_as_it_is(
    three: list[uuid.UUID], app_settings: Settings
) -> None:
    with psycopg.connect(app_settings.database_url) as connection:
        connection.execute(
            "UPDATE submission_keys SET wrapped = %s WHERE submission_id = %s", [bytes(80), three[0]]
        )
    result = transom("migrate")
    assert f"The key of submission {three[0]} does not open: its words stay in clear." in result.output
    assert titles() == WHOLE
    with transaction() as session:
        assert sealing.is_needed(session)


def test_a_reply_whose_name_was_given_again_meanwhile_keeps_it_with_a_number(app_settings: Settings) -> None:
    with transaction() as session:
        session.execute(delete(Reply))
        session.add(Reply(verdict="hold", language="en", name="Late", body="Old"))
    make_clear(app_settings)
    with transaction() as session:
        session.execute(update(Reply).values(name_term=Reply.id))
        session.add(Reply(verdict="hold", language="en", name="Late", body="New"))
    list(sealing.seal_all())
    assert in_clear(app_settings) == 0
    with transaction() as session:
        old, new = session.scalars(select(Reply).order_by(Reply.id))
        assert (old.name, old.body) == (f"Late ({old.id})", "Old")
        assert (new.name, new.body) == ("Late", "New")


def test_no_word_stays_in_tables_and_statistics(three: list[uuid.UUID], app_settings: Settings) -> None:
    with psycopg.connect(app_settings.database_url, autocommit=True) as database:
        database.execute("ANALYZE")
        assert MARK.encode() in _files(database)
        list(sealing.seal_all())
        assert MARK.encode() not in _files(database)
        found = str(database.execute("SELECT * FROM pg_stats WHERE schemaname = 'public'").fetchall())
        assert MARK not in found
        names = {name for model in MODELS for name in _columns(model)}
        rows = database.execute(
            "SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'"
        ).fetchall()
        assert names.isdisjoint(rows)


def _columns(model: type[Any]) -> set[tuple[str, str]]:
    return {(model.__tablename__, getattr(model, words.attribute).expression.name) for words in model.WORDS}


def _files(database: "psycopg.Connection[Any]") -> bytes:
    """Contents of the files of all tables, their TOAST tables and indexes, and the statistics."""
    database.execute("CHECKPOINT")
    names = database.execute(
        "SELECT pg_relation_filepath(c.oid), current_setting('data_directory') FROM pg_class c"
        " WHERE relkind IN ('r', 't', 'i') AND relfilenode <> 0 AND relnamespace::regnamespace::text IN ('public', 'pg_toast')"
        " OR relname = 'pg_statistic'"
    ).fetchall()
    return b"".join((Path(folder) / path).read_bytes() for path, folder in names if path)
