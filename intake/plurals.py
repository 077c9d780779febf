"""Things by kind and number, as phrases in a reader's language: `the position, 14 editing fields`."""

from collections.abc import Mapping
from gettext import NullTranslations
from typing import Protocol

Kinds = Mapping[str, tuple[str, str]]
"""Kind → what one and what several of them are called; the order is that in which they are told.

One and several are messages of their own: many languages have a "one" that serves 21 too, so that a translation may need
%(num)s where the English has none.
"""


class Translator(Protocol):
    """Whatever turns a message into a reader's language, as the translations of gettext and Babel do."""

    def gettext(self, message: str, /) -> str:
        """The message in the reader's language."""

    def ngettext(self, one: str, several: str, number: int, /) -> str:
        """The form that the reader's language has for `number` things."""


ENGLISH: Translator = NullTranslations()
"""Leaves every message as it stands here."""

COMMA = ", "


def phrases(kinds: Kinds, counts: Mapping[str, int], translator: Translator = ENGLISH) -> list[str]:
    """A phrase for each kind of which there is any; what is not among the kinds is left out."""
    return [
        translator.ngettext(*words, counts[kind]) % {"num": f"{counts[kind]:,}"}
        for kind, words in kinds.items()
        if counts.get(kind)
    ]


def listed(kinds: Kinds, counts: Mapping[str, int], translator: Translator = ENGLISH) -> str:
    """The phrases in a row; empty if there are none."""
    return translator.gettext(COMMA).join(phrases(kinds, counts, translator))
