import pytest

from intake.db import transaction
from intake.jobs import processes
from intake.settings import Settings
from tests.cli.commands import transom
from tests.cli.conftest import Reset
from tests.databases import Databases
from tests.web.test_health import beat

NAMES = [
    "settings",
    "keys",
    "storage",
    "database",
    "broker",
    "provider",
    "libmagic",
    "codecs",
    "faces",
    "sandbox",
    "work",
    "versions",
]


def marks(said: str) -> dict[str, str]:
    """Check → ok or WRONG."""
    return {
        name: line.split()[0] for name in NAMES for line in said.splitlines() if line[7:].startswith(name)
    }


@pytest.fixture
def healthy(app_settings: Settings) -> Settings:
    transom("migrate")
    beat()
    return app_settings


def test_all_is_well(healthy: Settings) -> None:
    result = transom("doctor")
    assert marks(result.stdout) == dict.fromkeys(NAMES, "ok"), result.stdout
    assert result.exit_code == 0


def test_what_is_wrong_is_said_with_what_to_do(healthy: Settings) -> None:
    healthy.master_key_path.chmod(0o644)
    result = transom("doctor")
    assert result.exit_code == 1
    assert marks(result.stdout)["keys"] == "WRONG"
    assert f"Run `chmod 600 {healthy.master_key_path}`" in result.stdout


def test_one_fault_does_not_hide_the_others(reset: Reset, nowhere: int) -> None:
    reset(
        TRANSOM_DATABASE_URL=f"postgresql://transom:hunter2@127.0.0.1:{nowhere}/transom",
        TRANSOM_REDIS_URL=f"redis://:hunter2@127.0.0.1:{nowhere}/0",
        TRANSOM_PUBLIC_URL="http://send.example.org",
    )
    result = transom("doctor")
    found = marks(result.stdout)
    assert set(found) == set(NAMES)
    assert [name for name, mark in found.items() if mark == "WRONG"] == [
        "settings", "keys", "storage", "database", "broker", "work",
    ]  # fmt: skip
    assert "hunter2" not in result.output


def test_it_fails_whenever_the_status_fails(healthy: Settings) -> None:
    assert (transom("status").exit_code, transom("doctor").exit_code) == (0, 0)
    transom("queue", "pause", "photos", "--reason", "The disk is full")
    status, result = transom("status"), transom("doctor")
    assert (status.exit_code, result.exit_code) == (1, 1)
    sentence, advice, *_ = status.stdout.splitlines()
    assert f"WRONG  work         {sentence}" in result.stdout
    assert f"→ {advice}" in result.stdout
    transom("queue", "resume", "photos")
    assert (transom("status").exit_code, transom("doctor").exit_code) == (0, 0)


def test_an_older_process_is_named(healthy: Settings) -> None:
    with transaction() as session:
        processes.start(session, "web@desk", "web", {"version": "1.4"})
        processes.start(session, "worker@desk", "worker", {"version": "1.3"})
    said = "The web server runs 1.4, the worker worker@desk still runs 1.3: restart it."
    result = transom("doctor")
    assert result.exit_code == 1
    assert f"WRONG  versions     {said}" in result.stdout
    status = transom("status")
    assert status.exit_code == 0
    assert said in status.stdout.splitlines()


def test_without_tables_the_work_is_unknown(no_tables: Settings) -> None:
    result = transom("doctor")
    assert (transom("status").exit_code, result.exit_code) == (1, 1)
    assert "WRONG  work         unknown, because the database cannot be read" in result.stdout


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_in_another_encoding_is_named_with_what_to_do(
    reset: Reset, databases: Databases, encoding: str
) -> None:
    url = databases.encoded(encoding)
    reset(TRANSOM_DATABASE_URL=url)
    result = transom("doctor")
    databases.drop(url)
    assert marks(result.stdout)["database"] == "WRONG"
    assert f"The database has the encoding {encoding} instead of UTF8." in result.stdout
    assert "→ Make another one with `CREATE DATABASE " in result.stdout
