from pathlib import Path

import pytest

from intake.backup.errors import BackupFault
from intake.backup.key import copy_key, of_installation, parse
from intake.crypto import new_key, write_key
from intake.keys.files import prepare
from intake.settings import Settings


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    """Settings of an installation with its keys in their places."""
    made = Settings(data_dir=tmp_path / "data")
    write_key(made.master_key_path, new_key())
    prepare(made)
    return made


def test_a_copy_of_all_keys_for_us_alone(config: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy.keys"
    copy_key(config, copy, tmp_path / "backup")
    assert parse(copy.read_bytes()) == of_installation(config)
    assert copy.stat().st_mode & 0o777 == 0o600
    copy_key(config, copy, tmp_path / "backup")


def test_what_is_written_from_a_copy_is_as_before(config: Settings, tmp_path: Path) -> None:
    other = Settings(data_dir=tmp_path / "other")
    parse(of_installation(config).data).write(other)
    for name in ("master.key", "installation.key", "installation.pub"):
        assert (other.data_dir / "keys" / name).read_bytes() == (config.data_dir / "keys" / name).read_bytes()
        assert (other.data_dir / "keys" / name).stat().st_mode & 0o777 == 0o600


def test_a_copy_of_before_is_the_secret_alone(tmp_path: Path) -> None:
    secret = new_key()
    found = parse(secret)
    assert (found.secret, found.private) == (secret, b"")
    other = Settings(data_dir=tmp_path / "other")
    found.write(other)
    assert other.master_key_path.read_bytes() == secret
    assert not other.private_key_path.exists()


@pytest.mark.parametrize("name", ["backup/my.keys", "backup/deep/my.keys", "other/../backup/my.keys"])
def test_never_into_the_backup(config: Settings, tmp_path: Path, name: str) -> None:
    with pytest.raises(BackupFault, match="lies inside the backup"):
        copy_key(config, tmp_path / name, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_not_through_a_link_either(config: Settings, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "backup")
    with pytest.raises(BackupFault, match="lies inside the backup"):
        copy_key(config, tmp_path / "link" / "my.keys", tmp_path / "backup")


def test_never_over_something_else(config: Settings, tmp_path: Path) -> None:
    (tmp_path / "copy.keys").write_text("a letter")
    with pytest.raises(BackupFault, match="is another key or file"):
        copy_key(config, tmp_path / "copy.keys", tmp_path / "backup")
    assert (tmp_path / "copy.keys").read_text() == "a letter"


def test_a_place_that_is_not_there(config: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="cannot be copied to"):
        copy_key(config, tmp_path / "nowhere" / "copy.keys", tmp_path / "backup")


@pytest.mark.parametrize("name", ["master.key", "installation.key"])
def test_no_key_to_copy(config: Settings, tmp_path: Path, name: str) -> None:
    (config.data_dir / "keys" / name).unlink()
    with pytest.raises(BackupFault, match="cannot be read"):
        copy_key(config, tmp_path / "copy.keys", tmp_path / "backup")
