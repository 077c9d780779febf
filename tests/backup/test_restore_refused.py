"""Restores that are refused. All begin with a copy of one backup, since making it takes most of the time."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.backup.errors import BackupFault
from intake.backup.key import KeyCopy, parse
from intake.backup.restore import restore
from intake.crypto import new_key
from intake.db import engine, migrate, transaction
from intake.health.database import installed
from intake.jobs import processes
from intake.keys.pair import new_pair
from intake.local.errors import CannotStart
from intake.local.lock import DataLock
from intake.models import Editor
from intake.settings import Settings
from tests.backup.conftest import keys_of
from tests.backup.manifest import rewrite
from tests.cast import join


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder for the backup and its keys, once they are made."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def backup(request: pytest.FixtureRequest, tmp_path: Path, kept: Path, app_settings: Settings) -> Path:
    """A copy of the backup, which the first test in this file makes."""
    if not (kept / "backup").exists():
        shutil.copytree(request.getfixturevalue("made"), kept / "making")
        keys_of(app_settings, kept / "keys")
        (kept / "making").rename(kept / "backup")
    return shutil.copytree(kept / "backup", tmp_path / "copy")


@pytest.fixture
def key(tmp_path: Path, backup: Path, kept: Path) -> Path:
    """A copy of the keys."""
    return Path(shutil.copyfile(kept / "keys", tmp_path / "stick.keys"))


def test_tables_that_are_used_are_refused_and_left_as_they_are(
    elsewhere: Settings, backup: Path, key: Path
) -> None:
    migrate(elsewhere.sqlalchemy_url)
    join("Miriam Osei", "chief")
    with pytest.raises(BackupFault, match="holds accounts or submissions"):
        restore(backup, elsewhere, key)
    with transaction() as session:
        assert session.scalars(select(Editor.name)).all() == ["Miriam Osei"]
    assert not elsewhere.files_dir.exists()
    assert not elsewhere.master_key_path.exists()


def test_tables_that_somebody_works_on_are_refused(elsewhere: Settings, backup: Path, key: Path) -> None:
    migrate(elsewhere.sqlalchemy_url)
    with transaction() as session:
        processes.start(session, "worker@here", "worker", {})
    with pytest.raises(BackupFault, match="Transom is running on this database"):
        restore(backup, elsewhere, key)


def test_tables_of_another_revision_are_refused(elsewhere: Settings, backup: Path, key: Path) -> None:
    migrate(elsewhere.sqlalchemy_url, "0001")
    with pytest.raises(BackupFault, match="tables of revision 0001"):
        restore(backup, elsewhere, key)


def test_a_folder_on_which_transom_runs_is_refused(elsewhere: Settings, backup: Path, key: Path) -> None:
    elsewhere.data_dir.mkdir()
    lock = DataLock(elsewhere.data_dir)
    lock.take()
    with pytest.raises(CannotStart, match="already running"):
        restore(backup, elsewhere, key)
    lock.close()


@pytest.mark.parametrize(
    "name", ["database/submissions.copy", "files", "SHA256SUMS", "manifest.json", "present"]
)
@pytest.mark.parametrize("how", ["altered", "gone"])
def test_a_backup_that_was_touched_is_refused(
    elsewhere: Settings, backup: Path, key: Path, name: str, how: str
) -> None:
    path = backup / name
    path = next(path.glob("*/*")) if path.is_dir() else path
    if how == "gone":
        path.unlink()
    else:
        *rest, last = path.read_bytes()
        path.write_bytes(bytes([*rest, last ^ 1]))
    with pytest.raises(BackupFault, match=r"use another backup\.$"):
        restore(backup, elsewhere, key)
    assert installed(engine())[1] is None
    assert not elsewhere.data_dir.exists()


def test_a_backup_that_was_interrupted_is_refused(elsewhere: Settings, backup: Path, key: Path) -> None:
    (backup / "backup.json").unlink()
    (backup / "manifest.json").unlink()
    with pytest.raises(BackupFault, match="is not a complete backup"):
        restore(backup, elsewhere, key)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}'])
@pytest.mark.parametrize("name", ["manifest.json", "backup.json"])
def test_a_manifest_or_header_that_is_none(
    elsewhere: Settings, backup: Path, key: Path, text: str, name: str
) -> None:
    (backup / name).write_text(text)
    with pytest.raises(BackupFault, match="cannot be read"):
        restore(backup, elsewhere, key)


def test_no_key(elsewhere: Settings, backup: Path) -> None:
    with pytest.raises(BackupFault, match="There are no keys in"):
        restore(backup, elsewhere)


@pytest.mark.parametrize("wrong", [bytes(32), b"short"], ids=["another", "short"])
def test_a_key_that_does_not_fit(elsewhere: Settings, backup: Path, key: Path, wrong: bytes) -> None:
    key.write_bytes(wrong)
    with pytest.raises(BackupFault, match="does not open this backup"):
        restore(backup, elsewhere, key)
    assert installed(engine())[1] is None
    assert not elsewhere.data_dir.exists()


def test_a_key_that_is_in_its_place_is_kept(elsewhere: Settings, backup: Path, key: Path) -> None:
    elsewhere.master_key_path.parent.mkdir(parents=True)
    copy = parse(key.read_bytes())
    for secret, private in ((new_key(), b""), (copy.secret, new_pair_text())):
        elsewhere.master_key_path.write_bytes(secret)
        elsewhere.private_key_path.write_bytes(private or copy.private)
        with pytest.raises(BackupFault, match="There are other keys"):
            restore(backup, elsewhere, key)
    elsewhere.private_key_path.write_bytes(copy.private)
    restore(backup, elsewhere)


def new_pair_text() -> bytes:
    """A key file with another pair."""
    pair = new_pair()
    return f"{pair.id} {pair.raw.hex()}\n".encode()


def test_a_secret_without_the_private_keys_does_not_fit(elsewhere: Settings, backup: Path, key: Path) -> None:
    key.write_bytes(parse(key.read_bytes()).secret)
    with pytest.raises(BackupFault, match="does not open this backup"):
        restore(backup, elsewhere, key)


def test_a_copy_with_a_pair_of_another_installation_does_not_fit(
    elsewhere: Settings, backup: Path, key: Path
) -> None:
    key.write_bytes(KeyCopy(parse(key.read_bytes()).secret, new_pair_text()).data)
    with pytest.raises(BackupFault, match="does not open this backup"):
        restore(backup, elsewhere, key)


def test_a_backup_of_a_later_version(elsewhere: Settings, backup: Path, key: Path) -> None:
    rewrite(backup, revision="9999", transom="9.0")
    with pytest.raises(BackupFault, match=r"made by Transom 9\.0, which is newer"):
        restore(backup, elsewhere, key)


def test_a_backup_of_another_form(elsewhere: Settings, backup: Path, key: Path) -> None:
    rewrite(backup, "backup.json", format=3, transom="9.0")
    with pytest.raises(BackupFault, match=r"made by Transom 9\.0 in a form"):
        restore(backup, elsewhere, key)
