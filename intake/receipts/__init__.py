"""Receipts: the code with which a contributor without an account returns to a submission.

A receipt has 80 bits, derived from the form's one-time token. A second click, or a retry after a lost response,
therefore shows the same code. The database stores only a keyed hash of the receipt.

Within the program a receipt is 16 characters of Crockford's base32, its canonical form. People see it with a check
character in each group: four groups of five letters and digits, or five groups of six digits. The canonical form is
accepted, too, because earlier versions showed it to contributors.
"""

import hmac
import secrets
from dataclasses import dataclass

from intake.crypto import keyring
from intake.receipts import spelling

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 16
_BITS = 80
_GROUPS, _OF_LETTERS = 4, 4
_DIGIT_GROUPS, _OF_DIGITS = 5, 5
_DIGITS = frozenset("0123456789")


def new_token() -> str:
    """Create a one-time token for a form: 128 random bits."""
    return secrets.token_urlsafe(16)


def derive(token: str) -> str:
    """Derive the receipt of a token, in its canonical form (without groups)."""
    digest = hmac.digest(keyring().subkey("receipt"), token.encode(), "sha256")
    bits = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[(bits >> shift) & 31] for shift in range(75, -1, -5))


def grouped(receipt: str) -> str:
    """Spell a receipt in four groups of four letters and digits and a check character."""
    parts = [receipt[at : at + _OF_LETTERS] for at in range(0, CHARACTERS, _OF_LETTERS)]
    return "-".join(part + _letter_check(part, number) for number, part in enumerate(parts))


def in_digits(receipt: str) -> str:
    """Spell a receipt in five groups of five digits and a check digit, for keyboards without Latin letters."""
    number = 0
    for sign in receipt:
        number = number << 5 | ALPHABET.index(sign)
    digits = f"{number:0{_DIGIT_GROUPS * _OF_DIGITS}}"
    parts = [digits[at : at + _OF_DIGITS] for at in range(0, len(digits), _OF_DIGITS)]
    return "-".join(part + spelling.check_digits(part, group) for group, part in enumerate(parts))


def _letter_check(part: str, group: int) -> str:
    return ALPHABET[spelling.check_letters([ALPHABET.index(sign) for sign in part], group)]


def has_groups(receipt: str, typed: dict[int, str]) -> bool:
    """Return whether all typed groups match the receipt in one of its spellings. `typed` is {index of the group: text}."""
    return any(
        all("".join(spelling.groups(group)) == spelled[place] for place, group in typed.items())
        for spelled in (grouped(receipt).split("-"), in_digits(receipt).split("-"))
    )


@dataclass(frozen=True)
class TypedReceipt:
    """Receipt as somebody typed it. `code` is its canonical form, or None.

    `wrong` has the numbers, from 1, of the groups with a typing error. Empty if the wrong groups are not known.
    """

    code: str | None = None
    wrong: tuple[int, ...] = ()


def canonical(typed: str) -> str | None:
    """Convert a typed receipt to its canonical form. Returns None if the text cannot be a receipt."""
    return read(typed).code


def read(typed: str) -> TypedReceipt:
    """Read a typed receipt in any of its spellings."""
    groups = spelling.groups(typed)
    code = "".join(groups)
    if not code.isascii():
        return TypedReceipt()
    if len(code) == CHARACTERS and set(code) <= set(ALPHABET):
        return TypedReceipt(code)
    if set(code) <= _DIGITS and len(code) > _GROUPS * (_OF_LETTERS + 1):
        return _read_digits(_regrouped(groups, _DIGIT_GROUPS, _OF_DIGITS + 1))
    return _read_letters(_regrouped(groups, _GROUPS, _OF_LETTERS + 1))


def _regrouped(groups: list[str], number: int, length: int) -> list[str]:
    """Return the groups as typed if there are `number` of them, else all characters in groups of `length`.

    Empty if there are too few or too many characters.
    """
    if len(groups) == number:
        return groups
    code = "".join(groups)
    return (
        [code[at : at + length] for at in range(0, len(code), length)] if len(code) == number * length else []
    )


def _read_letters(groups: list[str]) -> TypedReceipt:
    def is_right(group: str, number: int) -> bool:
        known = len(group) == _OF_LETTERS + 1 and set(group) <= set(ALPHABET)
        return known and _letter_check(group[:-1], number) == group[-1]

    wrong = tuple(number + 1 for number, group in enumerate(groups) if not is_right(group, number))
    return (
        TypedReceipt(None, wrong)
        if wrong or not groups
        else TypedReceipt("".join(group[:-1] for group in groups))
    )


def _read_digits(groups: list[str]) -> TypedReceipt:
    wrong = tuple(
        number + 1
        for number, group in enumerate(groups)
        if len(group) != _OF_DIGITS + 1 or spelling.check_digits(group[:-1], number) != group[-1]
    )
    number = int("".join(group[:-1] for group in groups) or 0)
    if wrong or not groups or number >> _BITS:
        return TypedReceipt(None, wrong)
    return TypedReceipt("".join(ALPHABET[(number >> shift) & 31] for shift in range(_BITS - 5, -1, -5)))


def hashed(receipt: str) -> bytes:
    """Return the hash that the database stores: HMAC-SHA256 with its own subkey.

    Without the subkey, a person with a copy of the database cannot test guesses of receipts.
    """
    return hmac.digest(keyring().subkey("receipt hash"), receipt.encode(), "sha256")
