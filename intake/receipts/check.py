"""Check characters: the last sign of each group of a receipt, which shows a slip in this group.

Both sums find every single wrong sign, every swap of two neighbours within a group, and two groups in each other's place.
"""

# Damm, "Total anti-symmetrische Quasigruppen" (2004): quasigroup of order 10. Row: sum so far, column: next digit.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip

_FIELD = 0b100101
"""Polynomial x⁵ + x² + 1, by which the 32 signs form a field."""


def of_letters(values: list[int], group: int) -> int:
    """Check value, 0 to 31, of the values of a group. `group` is its number, from 0.

    Each value is multiplied by another power of x, so a swap changes the sum.
    """
    total = 0
    for value in [group + 1, *values]:
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled & 32 else doubled


def of_digits(digits: str, group: int) -> str:
    """Check digit of the digits of a group. `group` is its number, from 0."""
    total = group
    for digit in digits:
        total = int(_DAMM[total][int(digit)])
    return str(total)
