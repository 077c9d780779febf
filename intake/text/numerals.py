"""Numbers of list items: decimal, letters and Roman, as HTML's `type` attribute names them (`1 a A i I`)."""

import re

_MARKER = re.compile(
    r"[(（]?(?:\d{1,4}[.．])*(?P<number>\d{1,6})\s?[.):、．）\-–]{0,2}"
    r"|[(（]?(?P<letters>[a-z]{1,5}|[A-Z]{1,5})\s?[.):、．）]{1,2}"
)
_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def read(marker: str) -> tuple[tuple[str, int], ...]:
    """Possible types and numbers of a visible marker, likeliest first: `i.` is Roman 1, or the ninth letter.

    Empty if the marker is a bullet or words.
    """
    found = _MARKER.fullmatch(marker.strip())
    if not found:
        return ()
    if found["number"]:
        return (("1", int(found["number"])),)
    letters = found["letters"]
    upper = letters.isupper()
    lower = letters.lower()
    roman = [("I" if upper else "i", _from_roman(lower))] if _ROMAN.fullmatch(lower) else []
    alone = len(set(lower)) == 1
    alphabetic = [("A" if upper else "a", _from_letters(lower))] if alone else []
    # A list seldom begins with the Roman number 5, 10, 50, 100, 500 or 1,000.
    return tuple(alphabetic + roman if len(lower) == 1 and lower != "i" else roman + alphabetic)


def write(number: int, kind: str) -> str:
    """Number as text, by the type of its list. Numbers that the type cannot express are decimal."""
    if kind in ("a", "A") and number > 0:
        text = _letters(number)
    elif kind in ("i", "I") and 0 < number < 4000:
        text = _roman(number)
    else:
        return str(number)
    return text.upper() if kind.isupper() else text


def _from_letters(letters: str) -> int:
    """Number of `a` to `z`, and of `aa` to `zz` after them, as Word counts: 27 is `aa`, 28 is `bb`."""
    return 26 * (len(letters) - 1) + ord(letters[0]) - ord("a") + 1


def _letters(number: int) -> str:
    """Letters as a browser counts: 27 is `aa`, 28 is `ab`."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _from_roman(roman: str) -> int:
    total = 0
    for value, letters in _ROMAN_VALUES:
        while roman.startswith(letters):
            total, roman = total + value, roman.removeprefix(letters)
    return total


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN_VALUES:
        times, number = divmod(number, value)
        text += letters * times
    return text
