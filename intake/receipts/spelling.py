"""Spelling of receipts: which typed characters count as a receipt's characters, and the check characters of its groups.

The last character of each group reveals a typing error in this group. Both checks (for letters and for digits) find every
single wrong character, every swap of two neighbours within a group, and two exchanged groups.
"""

import re
import unicodedata

MAX_TYPED_CHARACTERS = 200

_IGNORED = re.compile(r"[ZPC]|Sk")
"""Unicode categories of separators, and of invisible characters that are copied by accident, such as direction marks."""

_MINUS = "−"

# Capital letters that look like Latin ones, in Cyrillic and Greek.
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХЅІЈԌԚԜЗ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABEKMHOPCTYXSIJGQW3" "ABEZHIKMNOPTYX",
)  # fmt: skip
# Crockford's table of characters that people confuse.
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"})


def groups(typed: str) -> list[str]:
    """Split a typed receipt at characters other than letters and digits.

    Letters become capital Latin ones, digits of any script 0 to 9. Empty if the text is too long for a receipt.
    """
    if len(typed) > MAX_TYPED_CHARACTERS:
        return []
    # NFKC converts the full-width letters and digits of East Asian keyboards.
    signs = unicodedata.normalize("NFKC", typed).upper().translate(_LOOK_ALIKES).translate(_CONFUSED)
    return "".join(_sign(sign) for sign in signs).split()


def _sign(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return " " if sign == _MINUS or _IGNORED.match(unicodedata.category(sign)) else sign


# Damm, "Total anti-symmetrische Quasigruppen" (2004): quasigroup of order 10. Row: sum so far, column: next digit.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip

_FIELD = 0b100101
"""Polynomial x⁵ + x² + 1, modulo which the values of the 32 characters form a field."""


def check_letters(values: list[int], group: int) -> int:
    """Return the check value, 0 to 31, of a group. `values` are those of its characters, `group` is its number, from 0.

    Each value is multiplied by another power of x, so a swap changes the sum.
    """
    total = 0
    for value in [group + 1, *values]:
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled & 32 else doubled


def check_digits(digits: str, group: int) -> str:
    """Check digit of the digits of a group. `group` is its number, from 0."""
    total = group
    for digit in digits:
        total = int(_DAMM[total][int(digit)])
    return str(total)
