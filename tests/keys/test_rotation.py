import stat
from pathlib import Path

import pytest

from intake.crypto import KeyFault, Keyring, read_public_secrets
from intake.keys import rotation
from intake.keys.files import KeyHolder, prepare, read_private, read_public, write_private
from intake.keys.holders import APPLICATION
from intake.keys.pair import new_pair
from intake.keys.rotation import begin, destroy_old, export_public, write_public_secrets
from intake.settings import Settings

RING = Keyring(bytes(32))


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path)
    prepare(made)
    return made


def test_a_new_pair_becomes_the_current_one_and_the_old_one_stays(config: Settings) -> None:
    old = read_private(config.private_key_path).current
    begun = begin(config, {})
    keys = read_private(config.private_key_path)
    assert begun.is_new
    assert [key.id for key in keys.keys] == [begun.key.id, old.id]
    assert read_public(config.public_key_path) == begun.key.public
    assert stat.S_IMODE(config.private_key_path.stat().st_mode) == 0o600


def test_killed_before_the_public_key_was_written_it_goes_on(
    config: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_settings: Settings) -> None:
        raise KeyboardInterrupt

    old = read_private(config.private_key_path).current
    with monkeypatch.context() as patch:
        patch.setattr(rotation, "prepare", killed)
        with pytest.raises(KeyboardInterrupt):
            begin(config, {})
    assert read_public(config.public_key_path) == old.public
    new = read_private(config.private_key_path).current
    assert new.id != old.id
    begun = begin(config, {old.id: 3})
    assert (begun.key.id, begun.is_new) == (new.id, False)
    assert read_public(config.public_key_path) == new.public


def test_while_submissions_need_it_an_old_key_is_not_destroyed(config: Settings) -> None:
    old = read_private(config.private_key_path).current
    begin(config, {})
    before = config.private_key_path.read_bytes()
    with pytest.raises(KeyFault, match="1,234 submissions need the older private key"):
        destroy_old(config, {old.id: 1234})
    assert config.private_key_path.read_bytes() == before


def test_an_old_key_is_destroyed_on_the_disk_too(config: Settings) -> None:
    old = read_private(config.private_key_path).current
    new = begin(config, {}).key
    with config.private_key_path.open("rb") as before:
        assert destroy_old(config, {new.id: 5}) == [old.id]
        assert set(before.read()) == {0}
    assert [key.id for key in read_private(config.private_key_path).keys] == [new.id]
    assert destroy_old(config, {}) == []


def test_a_server_for_contributors_gets_two_files(config: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    paths = list(export_public(config, RING, folder, {}))
    assert paths == [folder / "installation.pub", folder / "public.secrets"] == sorted(folder.iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    public = Settings(
        data_dir=tmp_path / "none",
        web_side="public",
        public_key_file=str(paths[0]),
        public_secrets_file=str(paths[1]),
    )
    assert KeyHolder(public).public() == read_private(config.private_key_path).current.public
    assert read_public_secrets(paths[1]).subkey("receipt") == RING.subkey("receipt")
    private = read_private(config.private_key_path).current.raw
    assert not any(private.hex() in path.read_text() for path in paths)


def test_the_subkey_of_before_is_exported_only_while_it_is_needed(config: Settings) -> None:
    write_public_secrets(config, RING, {APPLICATION: 1})
    assert "wrap" in read_public_secrets(config.public_secrets_path)._subkeys
    write_public_secrets(config, RING, {})
    assert "wrap" not in read_public_secrets(config.public_secrets_path)._subkeys


def test_a_third_pair(config: Settings) -> None:
    write_private(config.private_key_path, [*read_private(config.private_key_path).keys, new_pair()])
    assert begin(config, {}).is_new
    assert len(read_private(config.private_key_path).keys) == 3


def test_another_secret_than_that_of_the_file_is_noticed(config: Settings) -> None:
    write_public_secrets(config, RING, {})
    before = config.public_secrets_path.read_bytes()
    with pytest.raises(KeyFault, match=r"is not the one from which .*public\.secrets was written"):
        write_public_secrets(config, Keyring(b"1" * 32), {})
    assert config.public_secrets_path.read_bytes() == before
