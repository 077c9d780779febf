import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto import KeyFault, new_key
from intake.keys.pair import PrivateKey, new_pair

ID = uuid.UUID(int=1)
PAIR = new_pair()


@given(st.binary(min_size=32, max_size=32), st.uuids())
def test_what_is_wrapped_opens_with_the_private_key_for_this_submission_alone(
    key: bytes, submission_id: uuid.UUID
) -> None:
    wrapped = PAIR.public.wrap(key, submission_id)
    assert len(wrapped) == 80
    assert PAIR.unwrap(wrapped, submission_id) == key
    with pytest.raises(KeyFault):
        PAIR.unwrap(wrapped, uuid.UUID(int=submission_id.int ^ 1))
    with pytest.raises(KeyFault, match="does not open"):
        new_pair().unwrap(wrapped, submission_id)


@pytest.mark.parametrize("length", range(80))
def test_a_wrapped_key_that_was_cut_does_not_open(length: int) -> None:
    with pytest.raises(KeyFault):
        PAIR.unwrap(PAIR.public.wrap(new_key(), ID)[:length], ID)


@given(st.integers(0, 79), st.integers(1, 255))
def test_a_wrapped_key_that_was_altered_does_not_open(place: int, change: int) -> None:
    wrapped = bytearray(PAIR.public.wrap(new_key(), ID))
    wrapped[place] ^= change
    # RFC 7748 ignores the highest bit of a public key, but HPKE has all its bytes in the key schedule.
    with pytest.raises(KeyFault):
        PAIR.unwrap(bytes(wrapped), ID)


@given(st.binary(max_size=100))
def test_any_other_bytes_do_not_open(data: bytes) -> None:
    with pytest.raises(KeyFault):
        PAIR.unwrap(data, ID)


def test_the_id_of_a_pair_is_that_of_its_public_key() -> None:
    again = PrivateKey(PAIR.raw)
    assert again.id == PAIR.public.id == again.public.id
    assert len(again.id) == 16
    assert new_pair().id != PAIR.id


def test_the_same_key_is_never_wrapped_alike() -> None:
    key = new_key()
    assert PAIR.public.wrap(key, ID) != PAIR.public.wrap(key, ID)


def test_a_private_key_does_not_show_itself() -> None:
    assert PAIR.raw.hex() not in repr(PAIR)
    assert str(PAIR.raw) not in repr(PAIR)
