import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import receipts
from intake.receipts import ALPHABET, canonical, derive, grouped, hashed, new_token
from intake.settings import Settings

codes = st.text(ALPHABET, min_size=16, max_size=16)
RECEIPT = "0123456789ABCDEF"


@pytest.fixture
def _keyring(app_settings: Settings) -> None:
    """Receipts are derived under the test's master key."""


@pytest.mark.usefixtures("_keyring")
def test_a_token_always_has_the_same_receipt() -> None:
    token = new_token()
    assert derive(token) == derive(token)
    assert derive(token) != derive(new_token())


@pytest.mark.usefixtures("_keyring")
def test_a_receipt_has_80_bits() -> None:
    """16 characters of 32 signs, all of which occur in every place."""
    many = [derive(str(number)) for number in range(500)]
    assert len(set(many)) == 500
    assert {len(receipt) for receipt in many} == {16}
    assert all({receipt[place] for receipt in many} == set(ALPHABET) for place in range(16))


@pytest.mark.usefixtures("_keyring")
def test_another_master_key_gives_other_receipts(monkeypatch: pytest.MonkeyPatch) -> None:
    from intake.crypto import Keyring

    ours = derive("token"), hashed(RECEIPT)
    monkeypatch.setattr(receipts, "keyring", lambda: Keyring(bytes(32)))
    assert derive("token") != ours[0]
    assert hashed(RECEIPT) != ours[1]


@pytest.mark.usefixtures("_keyring")
def test_what_is_kept_is_a_keyed_hash() -> None:
    assert len(hashed(RECEIPT)) == 32
    assert RECEIPT.encode() not in hashed(RECEIPT)
    assert hashed(RECEIPT) == hashed(RECEIPT) != hashed(RECEIPT[::-1])


def test_tokens_have_128_bits() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) == 22


@given(codes)
def test_a_receipt_is_read_as_it_is_shown(code: str) -> None:
    assert canonical(grouped(code)) == code
    assert len(grouped(code)) == 19


@settings(max_examples=200)
@given(codes, st.data())
def test_a_receipt_is_read_as_people_type_it(code: str, data: st.DataObject) -> None:
    misread = {"0": "0Oo", "1": "1IiLl"}
    typed = [data.draw(st.sampled_from(misread.get(sign, sign + sign.lower()))) for sign in code]
    between = st.sampled_from(["", "", " ", "-", "\t", "–", "—", "‑", " ", " ", "\u200f", "\u200b", "\r\n"])
    assert canonical("".join(data.draw(between) + sign for sign in typed) + data.draw(between)) == code


def test_full_width_characters_of_east_asian_keyboards() -> None:
    assert canonical("０１２３－４５６７－８９ＡＢ－ＣＤＥＦ") == RECEIPT


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        RECEIPT[:-1],
        RECEIPT + "0",
        RECEIPT[:-1] + "U",
        RECEIPT[:-1] + "_",
        "ß" * 16,
        "0" * 10**6,
        "\ud800" * 16,
    ],
)
def test_what_cannot_be_a_receipt(typed: str) -> None:
    assert canonical(typed) is None


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    code = canonical(typed)
    assert code is None or (len(code) == 16 and set(code) <= set(ALPHABET) and canonical(code) == code)
