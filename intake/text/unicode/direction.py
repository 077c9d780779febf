"""Direction of a text by its first strong letter, as browsers find it for `dir="auto"` (UAX 9, P2 and P3)."""

from intake.text.unicode import tables

RTL, LTR = "rtl", "ltr"


def first_strong(text: str) -> str:
    """`rtl` or `ltr` by the first strong letter, or an empty string for a text without letters."""
    if text.isascii():
        return LTR if any(map(str.isalpha, text)) else ""
    right_to_left = tables.points("right_to_left")
    for char in text:
        if char in right_to_left:
            return RTL
        if char.isalpha():
            return LTR
    return ""
