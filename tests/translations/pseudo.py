"""Pseudo-locale: every message marked, accented and longer, so that text without a translation stands out."""

import re

from intake.translations import interface
from intake.translations.catalogue import MOMENT, Catalogue
from intake.web import display

OPEN, CLOSE = "[!!", "!!]"
ATOM_OPEN, ATOM_CLOSE = "⟦", "⟧"
"""Marks around sizes and times, which may be inside another message."""
ATOMS = frozenset({*display.SIZES, *display.AGO.values(), display.JUST_NOW, MOMENT})
ACCENTED = str.maketrans(
    "ABCDEFGHIJKLNOPRSTUWYZabcdefghijklnoprstuwyz", "ÅƁÇĐÉƑĜĤÎĴĶĻÑÖÞŔŠŢÛŴÝŽåƀçđéƒĝĥîĵķļñöþŕšţûŵýž"
)
# Parts of a message that are no words: placeholders, tags and entities.
FIXED = re.compile(r"(%\(\w+\)[sd]|\{\w+\}|<[^<>]*>|&\w+;|%%)")
LONGER = 0.4


def pseudo(message: str) -> str:
    """Accent a message and make it 40 % longer. A message without letters is unchanged."""
    if not any(map(str.isalpha, message)):
        return message
    words = "".join(
        part if FIXED.fullmatch(part) else part.translate(ACCENTED) for part in FIXED.split(message)
    )
    # Added in front, so that the message keeps its last character.
    more = " ".join(["ēēēēēē"] * max(1, round(len(message) * LONGER / 7)))
    return f"{OPEN} {more} {words} {CLOSE}"


def atom(message: str) -> str:
    """Mark a size or a time."""
    return f"{ATOM_OPEN}{message}{ATOM_CLOSE}"


class Pseudo(Catalogue):
    """Catalogue of the pseudo-locale. It has the dates and the direction of `language`."""

    def __init__(self, language: str = interface.ENGLISH) -> None:
        super().__init__(language)

    def gettext(self, message: str) -> str:
        """Pseudo-translate a message."""
        return atom(message) if message in ATOMS else pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Pseudo-translate the English form for a number."""
        message = msgid1 if n == 1 else msgid2
        return atom(message) if (msgid1, msgid2) in ATOMS else pseudo(message)

    ugettext = gettext
    ungettext = ngettext
