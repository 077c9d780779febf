import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from alembic.script import ScriptDirectory

from intake.db import MIGRATIONS, engine
from intake.health.database import installed, newest_revision
from intake.settings import Settings
from tests.cli.commands import sentence, transom
from tests.cli.conftest import Reset
from tests.databases import Databases


def test_an_empty_database_gets_all_tables_and_the_key_is_made(no_tables: Settings) -> None:
    result = transom("migrate")
    assert result.exit_code == 0, result.output
    assert installed(engine())[1] == newest_revision()
    folder = no_tables.master_key_path.parent
    made = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    names = ("master.key", "installation.key", "installation.pub", "public.secrets")
    assert made == dict.fromkeys(names, 0o600)


*NEWER, FIRST = (one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


@pytest.mark.parametrize("revision", [FIRST, *(pytest.param(one, marks=pytest.mark.slow) for one in NEWER)])
def test_from_every_earlier_revision(no_tables: Settings, revision: str) -> None:
    assert transom("migrate", "--revision", revision).exit_code == 0
    assert installed(engine())[1] == revision
    assert transom("migrate").exit_code == 0
    assert installed(engine())[1] == newest_revision()


def test_a_second_time_changes_nothing(no_tables: Settings) -> None:
    transom("migrate")
    keys = {path: path.read_bytes() for path in no_tables.master_key_path.parent.iterdir()}
    assert transom("migrate").exit_code == 0
    assert keys == {path: path.read_bytes() for path in no_tables.master_key_path.parent.iterdir()}


@pytest.mark.slow
def test_several_may_call_it_at_once(no_tables: Settings) -> None:
    calls = [
        subprocess.Popen([sys.executable, "-m", "intake", "migrate"], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ends = [(call.communicate()[1], call.returncode) for call in calls]
    assert ends == [("", 0)] * 3
    assert installed(engine())[1] == newest_revision()


def test_a_revision_that_is_not_there(no_tables: Settings) -> None:
    assert sentence(transom("migrate", "--revision", "9999")).startswith("This revision does not exist: ")


def test_a_database_that_is_away(database_away: Settings) -> None:
    assert sentence(transom("migrate")).startswith("The database does not answer.")


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_in_another_encoding_is_refused_and_what_to_do_works(
    reset: Reset, databases: Databases, encoding: str
) -> None:
    url = databases.encoded(encoding)
    reset(TRANSOM_DATABASE_URL=url)
    said = sentence(transom("migrate"))
    assert said.startswith(
        f"The database has the encoding {encoding} instead of UTF8. Make another one with `"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(said.split("`")[1].encode())
    parts = urlsplit(url)
    other = parts._replace(path=f"{parts.path}_utf8").geturl()
    reset(TRANSOM_DATABASE_URL=other)
    assert transom("migrate").exit_code == 0
    assert installed(engine())[1] == newest_revision()
    databases.drop(url)
    databases.drop(other)


def test_a_key_of_the_wrong_size(no_tables: Settings) -> None:
    no_tables.master_key_path.parent.mkdir(parents=True)
    no_tables.master_key_path.write_bytes(b"short")
    assert sentence(transom("migrate")) == "The application secret must have 32 bytes, not 5."


def test_where_several_machines_share_the_key_those_without_it_migrate_too(
    no_tables: Settings, reset: Reset
) -> None:
    reset(
        TRANSOM_S3_URL="https://s3.example.org/newsroom",
        TRANSOM_S3_ACCESS_KEY="newsroom",
        TRANSOM_S3_SECRET_KEY="-",
    )
    result = transom("migrate")
    assert result.exit_code == 0, result.output
    assert installed(engine())[1] == newest_revision()
    assert not no_tables.master_key_path.exists()


def test_a_key_that_cannot_be_made(reset: Reset) -> None:
    reset(TRANSOM_MASTER_KEY_FILE="/proc/nothing/master.key")
    assert sentence(transom("migrate")).startswith("Key files cannot be written to /proc/nothing: ")
