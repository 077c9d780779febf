"""Sealed names and filters of saved views, and views that an older version stored in clear."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import delete, insert, select, text

from intake.crypto import PUBLIC_PURPOSES, KeyFault, PublicKeyring
from intake.db import transaction
from intake.models import Deletion, Editor, View
from intake.models.sealing.clear_words import ClearWords
from intake.queue import view_seals
from intake.queue.saved_views import change_view, save_view, views
from intake.queue.view_seals import is_needed, open_view, seal_all
from intake.settings import Settings
from intake.submissions import sealing
from tests.cli.commands import transom
from tests.databases import Databases

NAME, WORD = "CNRYview", "CNRYperson"


def dump() -> str:
    """Return all that the table of views holds."""
    with transaction() as session:
        return "\n".join(map(str, session.execute(text("SELECT v::text FROM views v")).scalars()))


@pytest.fixture
def clear(editor: Editor) -> int:
    """View from before views were sealed. Returns its id."""
    with transaction() as session:
        row = {"editor_id": editor.id, "name": NAME, "shared": False, "filters": {"q": WORD}}
        return session.execute(insert(View).values(row).returning(View.id)).scalar_one()


def test_the_database_holds_no_word_of_a_view(editor: Editor) -> None:
    with transaction() as session:
        save_view(session, editor, NAME, {"q": WORD}, shared=True)
    assert dump()
    for word in (NAME, WORD, NAME.encode().hex(), WORD.encode().hex()):
        assert word not in dump()
    with transaction() as session:
        assert [(one.name, one.filters.q) for one in views(session, editor.id)] == [(NAME, WORD)]


def test_a_view_cannot_be_given_to_somebody_else(editor: Editor, other_editor: Editor) -> None:
    with transaction() as session:
        made = save_view(session, editor, NAME, {"q": WORD}, shared=True).id
    with transaction() as session:
        session.execute(text("UPDATE views SET editor_id = :id"), {"id": other_editor.id})
    with transaction() as session:
        assert open_view(session.get_one(View, made)) is None


def test_a_process_for_contributors_only_opens_no_view(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        made = save_view(session, editor, NAME, {"q": WORD}, shared=True)
    public = PublicKeyring(dict.fromkeys(PUBLIC_PURPOSES, bytes(32)))
    monkeypatch.setattr(view_seals, "keyring", lambda: public)
    with pytest.raises(KeyFault):
        open_view(made)


def test_views_of_before_are_shown_and_sealed_by_migrate(clear: int, editor: Editor) -> None:
    with transaction() as session:
        assert [(one.name, one.filters.q) for one in views(session, editor.id)] == [(NAME, WORD)]
    assert WORD in dump()
    assert "1 saved view was sealed." in transom("migrate").stdout
    assert NAME not in dump()
    assert WORD not in dump()
    with transaction() as session:
        assert not is_needed(session)
        assert [(one.name, one.filters.q) for one in views(session, editor.id)] == [(NAME, WORD)]
    assert "saved view" not in transom("migrate").stdout


def test_migrate_rewrites_the_table_also_after_a_run_that_broke_off(
    clear: int, app_settings: Settings
) -> None:
    seal_all()
    with transaction() as session:
        session.execute(delete(Deletion))
    with psycopg.connect(app_settings.database_url, autocommit=True) as database:
        assert NAME.encode() in table_file(database)
        result = transom("migrate")
        assert result.exit_code == 0, result.output
        assert NAME.encode() not in table_file(database)
    with transaction() as session:
        assert session.scalar(select(ClearWords)) is None
        # A row in `deletions` starts a scrub, which removes the words from the write-ahead log.
        assert session.scalars(select(Deletion)).first()


def test_a_transaction_in_another_database_delays_the_rewriting(
    clear: int, app_settings: Settings, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that PostgreSQL's own snapshot for VACUUM FULL, which such a transaction makes older, keeps no word."""
    url = databases.empty()
    with psycopg.connect(app_settings.database_url, autocommit=True) as database:
        with psycopg.connect(url) as busy, monkeypatch.context() as patch:
            patch.setattr(sealing, "OLD_SECONDS", 0)
            busy.execute("SELECT pg_current_xact_id()")
            result = transom("migrate")
            assert (result.exit_code, "Older transactions are still open" in result.output) == (1, True)
        databases.drop(url)
        assert NAME.encode() in table_file(database)
        assert transom("migrate").exit_code == 0
        assert NAME.encode() not in table_file(database)


def table_file(database: "psycopg.Connection[Any]") -> bytes:
    """Contents of the file of the table of views."""
    database.execute("CHECKPOINT")
    row = database.execute(
        "SELECT current_setting('data_directory'), pg_relation_filepath('views')"
    ).fetchone()
    assert row
    return Path(row[0], row[1]).read_bytes()


def test_sealing_again_finds_nothing(clear: int) -> None:
    assert (seal_all(), seal_all()) == (1, 0)


def test_a_name_that_was_used_again_is_told_apart(clear: int, editor: Editor) -> None:
    with transaction() as session:
        save_view(session, editor, NAME, {}, shared=False)
    seal_all()
    with transaction() as session:
        assert [(one.name, one.filters.q) for one in views(session, editor.id)] == [
            (NAME, ""), (f"{NAME} (2)", WORD),
        ]  # fmt: skip


def test_a_change_seals_a_view_of_before(clear: int, editor: Editor) -> None:
    with transaction() as session:
        change_view(session, clear, editor, "Courts", shared=False)
    assert WORD not in dump()
