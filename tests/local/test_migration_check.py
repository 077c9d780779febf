"""A start skips `migrate` if there is nothing to do, and only then."""

from typing import LiteralString

import psycopg
import pytest

from intake.health import database
from intake.local.migration_check import needs_migration, newest
from intake.settings import Settings
from tests.cli.commands import transom
from tests.models.rows import Rows


def test_the_newest_revision_is_alembics_head() -> None:
    assert newest() == database.newest_revision()


def test_a_database_of_this_version_with_its_key_needs_nothing(app_settings: Settings) -> None:
    assert needs_migration(app_settings), "there are no key files yet"
    transom("migrate")
    assert not needs_migration(app_settings)


def test_another_revision_is_behind(app_settings: Settings) -> None:
    transom("migrate")
    with psycopg.connect(app_settings.database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    assert needs_migration(app_settings)


def test_a_database_without_tables_is_behind(app_settings: Settings, empty_database_url: str) -> None:
    transom("migrate")
    empty = Settings(data_dir=app_settings.data_dir, database_url=empty_database_url)
    assert needs_migration(empty)


@pytest.mark.parametrize(
    "left",
    [
        "INSERT INTO clear_words (name) VALUES ('revisions')",
        "INSERT INTO search_keys (number) VALUES (0)",
        "INSERT INTO search_keys (number, salt) SELECT max(number) + 1, sha256('salt') FROM search_keys",
        "INSERT INTO views (editor_id, name, shared, filters) VALUES (1, 'Mine', false, '{}')",
    ],
    ids=["words", "terms in clear", "terms under older keys", "views"],
)
def test_what_an_interrupted_migrate_leaves_is_done_at_the_next_start(
    app_settings: Settings, left: LiteralString
) -> None:
    transom("migrate")
    with psycopg.connect(app_settings.database_url) as connection:
        Rows(connection).insert("editors", id=1)
        connection.execute("INSERT INTO search_keys (number, salt) VALUES (1, sha256('first'))")
        connection.commit()
        assert not needs_migration(app_settings)
        connection.execute(left)
    assert needs_migration(app_settings)
    transom("migrate")
    assert not needs_migration(app_settings)
