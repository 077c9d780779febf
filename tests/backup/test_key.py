from pathlib import Path

import pytest

from intake.backup.errors import BackupFault
from intake.backup.key import copy_key
from intake.crypto import new_key


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """A master key in its place."""
    path = tmp_path / "master.key"
    path.write_bytes(new_key())
    return path


def test_a_copy_for_us_alone(master: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.key"
    copy_key(master, copy, tmp_path / "backup")
    assert copy.read_bytes() == master.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    copy_key(master, copy, tmp_path / "backup")


@pytest.mark.parametrize(
    "name", ["backup/master.key", "backup/deep/master.key", "other/../backup/master.key"]
)
def test_never_into_the_backup(master: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(BackupFault, match="lies inside the backup"):
        copy_key(master, tmp_path / name, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_not_through_a_link_either(master: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "backup")
    with pytest.raises(BackupFault, match="lies inside the backup"):
        copy_key(master, tmp_path / "link" / "master.key", tmp_path / "backup")


def test_never_over_something_else(master: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.key").write_text("a letter")
    with pytest.raises(BackupFault, match="is another key or file"):
        copy_key(master, tmp_path / "copy.key", tmp_path / "backup")
    assert (tmp_path / "copy.key").read_text() == "a letter"


def test_a_place_that_is_not_there(master: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="cannot be copied to"):
        copy_key(master, tmp_path / "nowhere" / "copy.key", tmp_path / "backup")


def test_no_key_to_copy(tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="cannot be read"):
        copy_key(tmp_path / "master.key", tmp_path / "copy.key", tmp_path / "backup")
