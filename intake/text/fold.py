"""Spellings that people take for one: case, accents, Arabic vowel signs and forms of letters, digits."""

import re
from unicodedata import normalize

# Marks that readers leave out: accents, Cyrillic titla, Hebrew points, Arabic vowel signs. Those of Indic and Thai are letters.
_MARKS = re.compile(
    "(?<!и)\u0306"  # й is a letter, not и with a breve
    "|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]"
)
# What normalization leaves apart: letters that Persian, Urdu and Arabic write alike, and Latin ones without parts.
_LETTERS = {
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ı": "i", "ł": "l", "đ": "d",
    "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
}  # fmt: skip
# Tatweel, modifier apostrophes, what nobody sees.
_NOTHING = dict.fromkeys("ـʻʼʹ\u00ad\u200d\u200b\u2060\ufeff", "")
_DIGITS = {chr(zero + number): str(number) for zero in (0x0660, 0x06F0) for number in range(10)}
_ALIKE = str.maketrans(_LETTERS | _NOTHING | _DIGITS)


def fold(text: str) -> str:
    """`text` as it is looked for: NFKC, folded case, without marks that may be missing."""
    if text.isascii():
        return text.lower()
    parted = normalize("NFD", normalize("NFKC", text).casefold())
    return normalize("NFC", _MARKS.sub("", parted).translate(_ALIKE))
