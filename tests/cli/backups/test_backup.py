from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.backup.key import parse
from intake.cli.backups.backup import show_progress
from intake.crypto import keyring
from intake.models import Submission
from intake.settings import Settings
from tests.cli.commands import sentence, transom
from tests.cli.conftest import Reset


@pytest.fixture
def kept(in_review: Submission, tmp_path: Path) -> Path:
    """Backup of one submission, and a copy of the key."""
    keyring()
    done = transom("backup", str(tmp_path / "backup"), "--key", str(tmp_path / "copy.key"))
    assert done.exit_code == 0, done.output
    return tmp_path / "backup"


def test_it_says_what_is_in_it_and_where_the_key_is(
    in_review: Submission, app_settings: Settings, tmp_path: Path
) -> None:
    done = transom("backup", str(tmp_path / "backup"))
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{tmp_path}/backup holds 1 submission, 0 photos and 0 encrypted files.",
        "It does not contain the keys. Keep a copy of them elsewhere. With --key FILE, this command writes one.",
        f"Submissions deleted before {datetime.now(UTC).date()} are in no backup here any more.",
    ]
    assert done.stderr.startswith("Writing tables: ")
    assert "The backup is not encrypted: whoever has it reads accounts" in done.stderr


def test_the_key_goes_where_it_is_asked_to(kept: Path, app_settings: Settings) -> None:
    copy = parse((kept.parent / "copy.key").read_bytes())
    assert copy.secret == app_settings.master_key_path.read_bytes()
    assert copy.private == app_settings.private_key_path.read_bytes()


def test_the_key_does_not_go_into_the_backup(in_review: Submission, tmp_path: Path) -> None:
    said = sentence(transom("backup", str(tmp_path / "backup"), "--key", str(tmp_path / "backup/master.key")))
    assert "lies inside the backup" in said
    assert not (tmp_path / "backup").exists()


def test_a_folder_that_is_in_use(kept: Path) -> None:
    assert (
        sentence(transom("backup", str(kept))) == f"{kept} is not empty: name a folder that is, or a new one."
    )


def test_there_and_back(kept: Path, reset: Reset, empty_database_url: str, tmp_path: Path) -> None:
    reset(TRANSOM_DATA_DIR=str(tmp_path / "elsewhere"), TRANSOM_DATABASE_URL=empty_database_url)
    done = transom("restore", str(kept), "--key", str(tmp_path / "copy.key"))
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Restored 1 submission, 0 photos and 0 encrypted files, as of 20")


def test_where_the_servers_are_embedded_it_starts_the_database_itself(
    kept: Path, reset: Reset, tmp_path: Path
) -> None:
    settings = reset(
        TRANSOM_DATA_DIR=str(tmp_path / "elsewhere"), TRANSOM_DATABASE_URL="", TRANSOM_REDIS_URL=""
    )
    done = transom("restore", str(kept), "--key", str(tmp_path / "copy.key"))
    assert done.exit_code == 0, done.output
    assert not (settings.data_dir / "postgres/cluster/postmaster.pid").exists()
    assert not (settings.data_dir / "valkey").exists()
    assert "holds accounts or submissions" in sentence_after(transom("restore", str(kept)).stderr)


def sentence_after(stderr: str) -> str:
    """Error message after the progress lines."""
    last = stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    return last


def test_what_is_no_backup(app_settings: Settings, tmp_path: Path) -> None:
    assert "is not a complete backup" in sentence(transom("restore", str(tmp_path)))


def test_a_database_that_is_away(database_away: Settings, tmp_path: Path) -> None:
    assert sentence(transom("backup", str(tmp_path / "backup"))).startswith("The database does not answer.")
    assert list((tmp_path / "backup").iterdir()) == []


def test_a_database_without_tables(no_tables: Settings, tmp_path: Path) -> None:
    said = sentence(transom("backup", str(tmp_path / "backup")))
    assert said.startswith("The database lacks tables")


def test_files_that_are_lost_are_said(
    in_review: Submission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = f"clean/{in_review.id}/{in_review.id}.web"
    monkeypatch.setattr("intake.backup.make.needed_files", lambda _session: [lost])
    done = transom("backup", str(tmp_path / "backup"))
    assert done.exit_code == 0
    assert "Lost: 1 file that photos need." in done.stderr


def test_on_a_terminal_there_is_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert list(show_progress("Copying files", [1, 2, 3])) == [1, 2, 3]
    assert "Copying files" in capsys.readouterr().err
    assert list(show_progress("Copying files", [])) == []
