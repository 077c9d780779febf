"""Phrases for counted things in the reader's language, such as `the position, 14 editing fields`."""

from collections.abc import Mapping
from gettext import NullTranslations
from typing import Protocol


def gettext_noop(message: str, /) -> str:
    """Return a message unchanged. `script/translations` finds it by this call, and it is translated where it is shown."""
    return message


def ngettext_noop(one: str, several: str, /) -> tuple[str, str]:
    """Return a message with its plural unchanged. See `gettext_noop`."""
    return one, several


Kinds = Mapping[str, tuple[str, str]]
"""Kind → (singular, plural). The order of the mapping is the order of the phrases.

Singular and plural are separate messages. Some languages use the singular form also for 21.
A translation may therefore need %(num)s where the English text has none.
"""


class Translator(Protocol):
    """Translations with the interface of gettext and Babel."""

    def gettext(self, message: str, /) -> str:
        """Translate a message into the reader's language."""

    def ngettext(self, one: str, several: str, number: int, /) -> str:
        """Translate a message in the form that the reader's language has for `number` things."""

    def number(self, value: int, /) -> str:
        """Write a whole number as the reader's language does."""


class EnglishMessages(NullTranslations):
    """Translations that return every message unchanged."""

    def number(self, value: int) -> str:
        """Write a whole number such as `12,345`."""
        return f"{value:,}"


ENGLISH: Translator = EnglishMessages()
"""Translator for pages of editors, commands and logs."""

# Translators: between the things of a list, as in "Removed: a comment, a macro."
COMMA = gettext_noop(", ")


def phrases(kinds: Kinds, counts: Mapping[str, int], translator: Translator = ENGLISH) -> list[str]:
    """Return a phrase for each kind with a count above 0. Counts of unknown kinds are left out."""
    return [
        translator.ngettext(*words, counts[kind]) % {"num": translator.number(counts[kind])}
        for kind, words in kinds.items()
        if counts.get(kind)
    ]


def join_phrases(kinds: Kinds, counts: Mapping[str, int], translator: Translator = ENGLISH) -> str:
    """Join the phrases with commas. Returns an empty string if there are none."""
    return translator.gettext(COMMA).join(phrases(kinds, counts, translator))
