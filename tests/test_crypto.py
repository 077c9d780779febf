import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto import (
    KEY_BYTES,
    PUBLIC_PURPOSES,
    KeyFault,
    Keyring,
    keyring,
    new_key,
    public_secrets,
    read_or_create_key,
    read_public_secrets,
    seal,
    unseal,
)
from intake.keys.files import prepare
from intake.settings import Settings
from tests.former_keys import wrapped_formerly
from tests.together import at_once

KEY = bytes(range(32))
RING = Keyring(bytes(32))


@given(st.binary(), st.binary())
def test_what_is_sealed_opens_in_its_place_alone(plain: bytes, context: bytes) -> None:
    sealed = seal(KEY, plain, context)
    assert unseal(KEY, sealed, context) == plain
    with pytest.raises(KeyFault):
        unseal(KEY, sealed, context + b"!")
    with pytest.raises(KeyFault):
        unseal(new_key(), sealed, context)


@given(st.binary(max_size=40), st.data())
def test_a_sealed_value_that_was_altered_does_not_open(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, plain, b""))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(KeyFault):
        unseal(KEY, bytes(sealed), b"")


@pytest.mark.parametrize("length", range(29))
def test_a_sealed_value_that_was_cut_does_not_open(length: int) -> None:
    """A sealed empty value has 28 bytes (nonce and tag). A purged value has none."""
    with pytest.raises(KeyFault):
        unseal(KEY, seal(KEY, b"word", b"")[:length], b"")


def test_the_same_words_are_never_sealed_alike() -> None:
    assert seal(KEY, b"word", b"") != seal(KEY, b"word", b"")


def test_a_key_that_was_wrapped_under_the_secret_is_unwrapped() -> None:
    key = new_key()
    assert RING.unwrap(wrapped_formerly(key, RING)) == key


@pytest.mark.parametrize("wrapped", [b"", b"short", bytes(40), bytes(41)])
def test_what_is_no_wrapped_key_is_said_so(wrapped: bytes) -> None:
    with pytest.raises(KeyFault, match="replaced"):
        RING.unwrap(wrapped)


def test_another_secret_opens_nothing() -> None:
    wrapped = wrapped_formerly(new_key(), RING)
    with pytest.raises(KeyFault, match=r"keys/master\.key replaced"):
        Keyring(b"\x01" * 32).unwrap(wrapped)


def test_each_purpose_has_a_subkey_of_its_own() -> None:
    purposes = ("wrap", "receipt", "receipt hash", "session")
    subkeys = {RING.subkey(purpose) for purpose in purposes}
    assert len(subkeys) == len(purposes)
    assert {len(subkey) for subkey in subkeys} == {KEY_BYTES}
    assert RING.subkey("wrap") == Keyring(bytes(32)).subkey("wrap")


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_secret_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(KeyFault, match=f"32 bytes, not {size}"):
        Keyring(bytes(size))


def test_the_secret_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    made = read_or_create_key(path)
    assert len(made) == KEY_BYTES
    assert read_or_create_key(path) == path.read_bytes() == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_of_several_that_start_at_once_all_have_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    keys = at_once(*[lambda: read_or_create_key(path)] * 8)
    assert set(keys) == {path.read_bytes()}
    assert list(path.parent.iterdir()) == [path]


def test_what_a_crashed_start_left_does_not_stop_the_next(tmp_path: Path) -> None:
    """In a container, every start has the same process id, so names of temporary files with it would be reused."""
    (tmp_path / f".master.key.{os.getpid()}").write_bytes(b"half")
    assert len(read_or_create_key(tmp_path / "master.key")) == KEY_BYTES


def test_where_files_are_shared_a_missing_key_is_not_made(on_s3: Settings) -> None:
    """Otherwise each machine would create its own key, and could not open what the others sealed."""
    assert keyring().subkey("receipt")
    on_s3.master_key_path.unlink()
    keyring.cache_clear()
    with pytest.raises(KeyFault, match="Copy the key from another machine"):
        keyring()
    assert not on_s3.master_key_path.exists()


def test_the_process_has_the_keyring_of_its_settings(app_settings: Settings) -> None:
    subkey = keyring().subkey("receipt")
    assert Keyring(app_settings.master_key_path.read_bytes()).subkey("receipt") == subkey


def test_the_public_side_has_the_subkeys_of_its_pages_alone(tmp_path: Path) -> None:
    path = tmp_path / "public.secrets"
    path.write_bytes(public_secrets(RING, former_wrap=False))
    public = read_public_secrets(path)
    for purpose in PUBLIC_PURPOSES:
        assert public.subkey(purpose) == RING.subkey(purpose)
    for purpose in (
        "totp",
        "recovery code",
        "session",
        "password",
        "token",
        "invitation",
        "wrap",
        "openid subject",
    ):
        with pytest.raises(KeyFault, match="serves contributors only"):
            public.subkey(purpose)
        assert RING.subkey(purpose).hex() not in path.read_text()
    with pytest.raises(KeyFault):
        public.unwrap(wrapped_formerly(KEY, RING))


def test_while_keys_of_before_are_left_the_public_side_may_open_them(tmp_path: Path) -> None:
    path = tmp_path / "public.secrets"
    path.write_bytes(public_secrets(RING, former_wrap=True))
    assert read_public_secrets(path).unwrap(wrapped_formerly(KEY, RING)) == KEY


@pytest.mark.parametrize(
    "data",
    [None, b"", b"[]", b"{}", b'{"receipt": 1}', b'{"receipt": "00"}', b"\xff", b'{"receipt": "no hex"}'],
)
def test_bad_secrets_of_the_public_side_are_named(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "public.secrets"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(KeyFault, match=r"public\.secrets .*transom keys export-public"):
        read_public_secrets(path)


def test_a_lost_secret_is_not_replaced(app_settings: Settings) -> None:
    keyring()
    prepare(app_settings)
    app_settings.master_key_path.unlink()
    keyring.cache_clear()
    with pytest.raises(KeyFault, match=r"The application secret .*master\.key is missing: restore it"):
        keyring()
    assert not app_settings.master_key_path.exists()
