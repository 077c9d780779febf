import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto import KEY_BYTES, KeyFault, Keyring, keyring, new_key, read_or_create_key, seal, unseal
from intake.settings import Settings
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


def test_a_submission_s_key_is_wrapped_and_unwrapped() -> None:
    key = new_key()
    wrapped = RING.wrap(key)
    assert key not in wrapped
    assert len(wrapped) == 40
    assert RING.unwrap(wrapped) == key


@pytest.mark.parametrize("wrapped", [b"", b"short", bytes(40), bytes(41)])
def test_what_is_no_wrapped_key_is_said_so(wrapped: bytes) -> None:
    with pytest.raises(KeyFault, match="replaced"):
        RING.unwrap(wrapped)


def test_another_master_key_opens_nothing() -> None:
    wrapped = RING.wrap(new_key())
    with pytest.raises(KeyFault, match=r"keys/master\.key replaced"):
        Keyring(b"\x01" * 32).unwrap(wrapped)


def test_each_purpose_has_a_subkey_of_its_own() -> None:
    purposes = ("wrap", "receipt", "receipt hash", "session")
    subkeys = {RING.subkey(purpose) for purpose in purposes}
    assert len(subkeys) == len(purposes)
    assert {len(subkey) for subkey in subkeys} == {KEY_BYTES}
    assert RING.subkey("wrap") == Keyring(bytes(32)).subkey("wrap")


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_master_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(KeyFault, match=f"32 bytes, not {size}"):
        Keyring(bytes(size))


def test_the_master_key_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
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
    """In a container every start has the same process number, so names made of it meet again."""
    (tmp_path / f".master.key.{os.getpid()}").write_bytes(b"half")
    assert len(read_or_create_key(tmp_path / "master.key")) == KEY_BYTES


def test_where_files_are_shared_a_missing_key_is_not_made(on_s3: Settings) -> None:
    """Each machine would make one of its own, and what one seals the others could not open."""
    assert keyring().unwrap(keyring().wrap(KEY)) == KEY
    on_s3.master_key_path.unlink()
    keyring.cache_clear()
    with pytest.raises(KeyFault, match="Copy the key from another machine"):
        keyring()
    assert not on_s3.master_key_path.exists()


def test_the_process_has_the_keyring_of_its_settings(app_settings: Settings) -> None:
    wrapped = keyring().wrap(KEY)
    assert Keyring(app_settings.master_key_path.read_bytes()).unwrap(wrapped) == KEY
