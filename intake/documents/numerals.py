"""Numbers of list items as digits, letters or Roman numerals."""

KINDS = ("1", "a", "A", "i", "I")
"""Values of the attribute `type` of `<ol>`."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3_999


def numeral(number: int, kind: str) -> str:
    """A number in the form of a list's `type`. Digits if the form has no such number."""
    text = str(number)
    if kind in ("a", "A") and 0 < number <= _LARGEST_ROMAN:
        text = _letters(number)
    elif kind in ("i", "I") and 0 < number <= _LARGEST_ROMAN:
        text = _roman(number)
    return text.upper() if kind in ("A", "I") else text


def _letters(number: int) -> str:
    # As in HTML: z is followed by aa, ab …
    text = ""
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
