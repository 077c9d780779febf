import dataclasses
import stat
from pathlib import Path

import pytest

from intake.crypto import KeyFault
from intake.keys.files import KeyHolder, prepare, read_private, read_public, write_private
from intake.keys.pair import PrivateKey, new_pair
from intake.settings import Settings
from tests.together import at_once


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def test_a_pair_is_made_once_and_for_us_alone(config: Settings) -> None:
    prepare(config)
    private = read_private(config.private_key_path)
    prepare(config)
    assert read_private(config.private_key_path).current.id == private.current.id
    assert read_public(config.public_key_path) == private.current.public
    for path in (config.private_key_path, config.public_key_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {path.name for path in config.private_key_path.parent.iterdir()} == {
        "installation.key",
        "installation.pub",
        "master.key",
    }


def test_of_several_that_start_at_once_all_have_the_same_pair(config: Settings) -> None:
    at_once(*[lambda: prepare(config)] * 8)
    assert read_public(config.public_key_path) == read_private(config.private_key_path).current.public


def test_a_lost_private_key_is_not_replaced(config: Settings) -> None:
    prepare(config)
    config.private_key_path.unlink()
    with pytest.raises(KeyFault, match=r"installation\.key cannot be read .* Restore it from your copy"):
        prepare(config)
    assert not config.private_key_path.exists()


def test_the_public_key_follows_the_private_one(config: Settings) -> None:
    prepare(config)
    old, new = read_private(config.private_key_path).current, new_pair()
    write_private(config.private_key_path, [new, old])
    prepare(config)
    assert read_public(config.public_key_path) == new.public
    config.public_key_path.unlink()
    prepare(config)
    assert read_public(config.public_key_path) == new.public


PAIR = PrivateKey(bytes(range(32)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"words",
        b"\xff\xfe",
        bytes(32),
        b"0123456789abcdef 00",
        f"{PAIR.id} {PAIR.raw.hex()} x".encode(),
    ],
)
def test_what_is_no_key_file_is_named(config: Settings, data: bytes) -> None:
    prepare(config)
    config.private_key_path.write_bytes(data)
    config.public_key_path.write_bytes(data)
    with pytest.raises(KeyFault, match=r"The private key .*installation\.key is no key file"):
        read_private(config.private_key_path)
    with pytest.raises(KeyFault, match=r"The public key .*installation\.pub is no key file"):
        read_public(config.public_key_path)


def test_a_key_with_the_id_of_another_is_damaged(config: Settings) -> None:
    prepare(config)
    config.private_key_path.write_text(f"{PAIR.id} {new_pair().raw.hex()}\n")
    config.public_key_path.write_text(f"{PAIR.id} {new_pair().public.raw.hex()}\n")
    with pytest.raises(KeyFault, match="is damaged"):
        read_private(config.private_key_path)
    with pytest.raises(KeyFault, match="is damaged"):
        read_public(config.public_key_path)


def test_a_running_process_takes_up_a_new_pair(config: Settings) -> None:
    prepare(config)
    holder = KeyHolder(config)
    old = holder.private(holder.public().id)
    new = new_pair()
    write_private(config.private_key_path, [new, old])
    prepare(config)
    assert holder.public() == new.public
    assert holder.private(new.id).raw == new.raw
    assert holder.private(old.id).raw == old.raw
    with pytest.raises(KeyFault, match="does not have the private key"):
        holder.private("0" * 16)


def test_a_running_process_makes_no_pair_instead_of_a_lost_one(config: Settings) -> None:
    prepare(config)
    public = read_public(config.public_key_path)
    holder = KeyHolder(config)
    holder.remember()
    config.public_key_path.unlink()
    assert holder.public() == public
    for path in (config.public_key_path, config.private_key_path, config.master_key_path):
        path.unlink()
    with pytest.raises(KeyFault, match="cannot be read"):
        holder.public()
    assert not config.private_key_path.exists()
    assert not config.master_key_path.exists()


def test_the_public_side_has_the_public_key_alone_even_if_the_other_lies_there(config: Settings) -> None:
    prepare(config)
    public = KeyHolder(dataclasses.replace(config, web_side="public"))
    with pytest.raises(KeyFault, match="serves contributors only"):
        public.private(public.public().id)
    assert not public.has_private
    assert KeyHolder(config).has_private


def test_the_public_side_makes_no_pair(config: Settings) -> None:
    with pytest.raises(KeyFault, match="Copy it from the machine that has the private key"):
        KeyHolder(dataclasses.replace(config, web_side="public")).public()
    assert not config.private_key_path.parent.exists()


def test_where_files_are_shared_a_missing_pair_is_not_made(config: Settings) -> None:
    with pytest.raises(KeyFault, match="Copy it from the machine"):
        KeyHolder(dataclasses.replace(config, s3_url="https://s3.example.org/files")).public()
    assert not config.private_key_path.parent.exists()
