import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import receipts
from intake.receipts import ALPHABET, canonical, derive, grouped, hashed, in_digits, new_token
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
    assert canonical(grouped(code)) == canonical(in_digits(code)) == code
    assert [len(group) for group in grouped(code).split("-")] == [5] * 4
    assert [len(group) for group in in_digits(code).split("-")] == [6] * 5


@given(codes)
def test_a_receipt_from_before_check_characters_is_read(code: str) -> None:
    assert canonical(code) == code
    assert canonical("-".join(code[at : at + 4] for at in range(0, 16, 4))) == code


LOOK_ALIKES = {
    "0": "0OoОоΟο٠۰०၀０",
    "1": "1IiLlІіΙ١۱१၁１",
    "A": "AaАаΑα",
    "B": "BВвΒ",
    "E": "EeЕеΕ",
    "H": "HНнΗ",
    "K": "KkКкΚκ",
    "M": "MМмΜ",
    "N": "NΝ",
    "P": "PpРрΡρ",
    "C": "CcСс",
    "T": "TТтΤτ",
    "X": "XxХхΧχ",
    "Y": "YУуΥυ",
    "7": "7٧۷७၇７",
}
SEPARATORS = [
    "",
    "",
    " ",
    "-",
    "\t",
    "–",
    "—",
    "‑",
    "−",
    ".",
    "·",
    "…",
    "_",
    "،",
    " ",
    "\u200f",
    "\u200b",
    "\r\n",
]


@settings(max_examples=200)
@given(codes, st.booleans(), st.data())
def test_a_receipt_is_read_as_people_type_it(code: str, digits: bool, data: st.DataObject) -> None:
    shown = in_digits(code) if digits else grouped(code)
    between = st.sampled_from(SEPARATORS)
    typed = "".join(
        data.draw(between) + data.draw(st.sampled_from(LOOK_ALIKES.get(sign, sign + sign.lower())))
        for sign in shown.replace("-", "")
    )
    assert canonical(typed + data.draw(between)) == code


SHOWN = {"letters": grouped(RECEIPT), "digits": in_digits(RECEIPT)}


@pytest.mark.parametrize("spelling", SHOWN)
@pytest.mark.parametrize("place", range(20))
def test_every_wrong_sign_names_its_group(spelling: str, place: int) -> None:
    groups = SHOWN[spelling].split("-")
    number, at = divmod(place, len(groups[0]))
    signs = "0123456789" if spelling == "digits" else ALPHABET
    for sign in set(signs) - {groups[number][at]}:
        slipped = groups[number][:at] + sign + groups[number][at + 1 :]
        typed = "-".join([*groups[:number], slipped, *groups[number + 1 :]])
        assert receipts.read(typed) == receipts.TypedReceipt(None, (number + 1,))


@given(codes, st.booleans(), st.integers(0, 19))
def test_every_swap_of_neighbours_names_its_group(code: str, digits: bool, place: int) -> None:
    groups = (in_digits(code) if digits else grouped(code)).split("-")
    number, at = divmod(place, len(groups[0]))
    group = groups[number]
    if at + 1 < len(group) and group[at] != group[at + 1]:
        groups[number] = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
        assert receipts.read("-".join(groups)) == receipts.TypedReceipt(None, (number + 1,))


@pytest.mark.parametrize("spelling", SHOWN)
def test_groups_in_each_others_place_are_noticed(spelling: str) -> None:
    first, second, *rest = SHOWN[spelling].split("-")
    assert receipts.read("-".join([second, first, *rest])).wrong == (1, 2)


def test_a_sign_too_few_or_too_many_names_its_group() -> None:
    first, second, third, fourth = grouped(RECEIPT).split("-")
    assert receipts.read(f"{first}-{second[:-1]}-{third}-{fourth}").wrong == (2,)
    assert receipts.read(f"{first}-{second}-{third}X-{fourth}").wrong == (3,)
    assert receipts.read(f"{first}{second}{third}").wrong == ()


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
