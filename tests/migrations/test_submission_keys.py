"""Wrapped keys of an older version move to their own table, and are wrapped to the key pair during operation."""

import uuid

import psycopg
import pytest
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from intake.crypto import keyring, new_key
from intake.db import MIGRATIONS, migrate, transaction
from intake.keys.files import key_holder
from intake.models import Submission
from intake.settings import Settings, settings
from tests.cli.commands import transom
from tests.forgetting import forget
from tests.models.rows import Rows

BEFORE = str(ScriptDirectory(str(MIGRATIONS)).get_revision("0033").down_revision)
IDS = [uuid.UUID(int=number) for number in range(1, 6)]
KEYS = {one: new_key() for one in IDS}


@pytest.fixture
def before(app_settings: Settings, empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation of an older version, with five submissions and a purged one."""
    monkeypatch.setenv("TRANSOM_DATABASE_URL", empty_database_url)
    forget()
    migrate(settings().sqlalchemy_url, BEFORE)
    with psycopg.connect(empty_database_url) as connection:
        rows = Rows(connection)
        rows.insert("editors", id=1)
        for number, (one, key) in enumerate(KEYS.items()):
            wrapped = aes_key_wrap(keyring().subkey("wrap"), key)
            status = {0: "draft", 1: "withdrawn"}.get(number, "received")
            rows.insert(
                "submissions", id=one, receipt_hash=bytes([number] * 32), wrapped_key=wrapped, status=status
            )
        rows.insert("submissions", id=uuid.UUID(int=9), receipt_hash=bytes([9] * 32), status="purged")
    return settings()


def holders() -> dict[uuid.UUID, set[str]]:
    with psycopg.connect(settings().database_url) as connection:
        found: dict[uuid.UUID, set[str]] = {}
        for one, holder in connection.execute("SELECT submission_id, holder FROM submission_keys"):
            found.setdefault(one, set()).add(holder)
    return found


def opened() -> dict[uuid.UUID, bytes]:
    with transaction() as session:
        return {one: session.get_one(Submission, one).key for one in IDS}


def test_processes_of_this_version_open_submissions_before_their_keys_are_wrapped_anew(
    before: Settings,
) -> None:
    migrate(before.sqlalchemy_url)
    assert holders() == {one: {"application"} for one in IDS}
    assert opened() == KEYS


def test_the_upgrade_wraps_all_keys_to_the_pair(before: Settings) -> None:
    result = transom("migrate")
    assert result.exit_code == 0, result.output
    pair = key_holder().public().id
    assert holders() == {
        one: {pair} if number == 1 else {pair, "application"} for number, one in enumerate(IDS)
    }
    assert opened() == KEYS


def test_no_wrapped_key_stays_in_the_rows_of_submissions(before: Settings) -> None:
    wrapped = [aes_key_wrap(keyring().subkey("wrap"), key) for key in KEYS.values()]
    migrate(before.sqlalchemy_url)
    with psycopg.connect(before.database_url, autocommit=True) as connection:
        connection.execute("VACUUM FULL submissions")
        connection.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        pages = connection.execute(
            "SELECT get_raw_page('submissions', n::int) FROM generate_series(0,"
            " pg_relation_size('submissions') / 8192 - 1) AS n"
        ).fetchall()
    assert pages
    assert not [one for one in wrapped for (page,) in pages if one in page]
