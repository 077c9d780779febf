"""Only the two passphrases together open a sealed original."""

import threading
import uuid

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto import KeyFault, new_key, unseal
from intake.keys import shares
from intake.keys.pair import new_pair
from intake.keys.shares import WrongPassphrase

PHOTO = uuid.UUID(int=1)
ONE, OTHER = new_pair(), new_pair()


def test_a_passphrase_is_random_and_easy_to_read() -> None:
    found = {shares.new_passphrase() for _ in range(50)}
    assert len(found) == 50
    for one in found:
        assert [len(group) for group in one.split("-")] == [4] * 6
        assert set(one) <= {*shares.ALPHABET, "-"}


def test_a_private_key_opens_with_its_passphrase_alone() -> None:
    passphrase = "0ABC-1DEF-GHJK-MNPQ-RSTV-WXYZ"
    pair = shares.new_sealed_pair(passphrase)
    private = pair.opened(passphrase)
    assert private.public.raw == pair.public
    # A mistaken letter for a digit, other spaces and small letters do not matter.
    assert pair.opened(" oabc ldef ghjk mnpq rstv wxyz").raw == private.raw
    assert private.raw not in pair.sealed_private
    for wrong in ("", "0ABC-1DEF-GHJK-MNPQ-RSTV-WXY0", passphrase[:-1]):
        with pytest.raises(WrongPassphrase):
            pair.opened(wrong)
    with pytest.raises(WrongPassphrase):
        shares.SealedPair(OTHER.public.raw, pair.salt, pair.sealed_private).opened(passphrase)


def test_a_passphrase_costs_what_rfc_9106_recommends() -> None:
    pair = shares.new_sealed_pair("0ABC-1DEF")
    cost = Argon2id(salt=pair.salt, length=32, iterations=3, lanes=4, memory_cost=65536)
    key = cost.derive(b"0ABC1DEF")
    assert unseal(key, pair.sealed_private, pair.public) == pair.opened("0ABC-1DEF").raw


def test_several_people_open_their_keys_at_once() -> None:
    pair = shares.new_sealed_pair("0ABC-1DEF")
    opened: list[bytes] = []

    def work() -> None:
        opened.extend(pair.opened("0ABC-1DEF").public.raw for _ in range(3))

    # A thread that waits for ever does not keep the tests from ending.
    threads = [threading.Thread(target=work, daemon=True) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert opened == [pair.public] * 18


@given(st.binary(min_size=32, max_size=32))
def test_two_shares_give_the_key_and_one_is_random(key: bytes) -> None:
    first, second = shares.split(key)
    assert shares.joined(first, second) == key
    assert key not in {first, second}
    assert shares.split(key) != (first, second)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_share_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(KeyFault):
        shares.joined(bytes(length), bytes(32))


@given(st.integers(0, 79), st.integers(1, 255))
def test_a_forged_share_does_not_open(place: int, change: int) -> None:
    wrapped = bytearray(shares.wrap(new_key(), ONE.public.raw, "share", PHOTO, OTHER.public.raw))
    wrapped[place] ^= change
    with pytest.raises(KeyFault):
        shares.unwrap(bytes(wrapped), ONE, "share", PHOTO, OTHER.public.raw)


def test_a_share_opens_for_its_reader_purpose_photo_and_pair() -> None:
    share = new_key()
    wrapped = shares.wrap(share, ONE.public.raw, "share", PHOTO, OTHER.public.raw)
    assert len(wrapped) == 80
    assert shares.unwrap(wrapped, ONE, "share", PHOTO, OTHER.public.raw) == share
    third = new_pair().public.raw
    for reader, purpose, photo, others in (
        (OTHER, "share", PHOTO, (OTHER.public.raw,)),
        (ONE, "whole", PHOTO, (OTHER.public.raw,)),
        (ONE, "share", uuid.UUID(int=2), (OTHER.public.raw,)),
        (ONE, "share", PHOTO, (third,)),
        (ONE, "share", PHOTO, ()),
    ):
        with pytest.raises(KeyFault):
            shares.unwrap(wrapped, reader, purpose, photo, *others)


def test_the_file_needs_both_the_shares_and_the_key_of_the_submission() -> None:
    key, submission_key = new_key(), new_key()
    right = shares.file_key(key, submission_key, PHOTO)
    assert right == shares.file_key(key, submission_key, PHOTO)
    assert right not in {
        shares.file_key(new_key(), submission_key, PHOTO),
        shares.file_key(key, new_key(), PHOTO),
        shares.file_key(key, submission_key, uuid.UUID(int=2)),
    }


def test_a_fingerprint_names_a_key() -> None:
    assert shares.fingerprint(ONE.public.raw).replace(" ", "") == ONE.public.id
    assert shares.fingerprint(ONE.public.raw) != shares.fingerprint(OTHER.public.raw)
