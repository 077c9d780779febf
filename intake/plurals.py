"""Phrases for counted things in the reader's language, such as `the position, 14 editing fields`."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from gettext import NullTranslations
from typing import Protocol


def gettext_noop(message: str, /) -> str:
    """Return a message unchanged. `script/translations` finds it by this call, and it is translated where it is shown."""
    return message


def desk_noop(message: str, /) -> str:
    """Return a message of the desk unchanged. See `gettext_noop`. Contributors never read it."""
    return message


def ngettext_noop(one: str, several: str, /) -> tuple[str, str]:
    """Return a message with its plural unchanged. See `gettext_noop`."""
    return one, several


def desk_plural(one: str, several: str, /) -> tuple[str, str]:
    """Return a message of the desk with its plural unchanged. Contributors never read it."""
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

    def day(self, day: date, /) -> str:
        """Write a day as the reader's language does, such as `23 November 2026`."""

    def moment(self, at: datetime, /) -> str:
        """Write a time in UTC as the reader's language does, such as `23 November 2026, 14:05 UTC`."""


class EnglishMessages(NullTranslations):
    """Translations that return every message unchanged."""

    def number(self, value: int) -> str:
        """Write a whole number such as `12,345`."""
        return f"{value:,}"

    def day(self, day: date) -> str:
        """Write a day such as `23 November 2026`."""
        return f"{day.day} {day:%B %Y}"

    def moment(self, at: datetime) -> str:
        """Write a time such as `23 November 2026, 14:05 UTC`."""
        utc = at.astimezone(UTC)
        return f"{self.day(utc)}, {utc:%H:%M} UTC"


ENGLISH: Translator = EnglishMessages()
"""Translator for pages of admins, the API, commands, mail and logs."""


class ReaderMessages:
    """Translations into the language of the page that is being made. English where no page is made."""

    def __init__(self) -> None:
        self.find: Callable[[], Translator] = lambda: ENGLISH

    def gettext(self, message: str, /) -> str:
        """Translate a message."""
        return self.find().gettext(message)

    def ngettext(self, one: str, several: str, number: int, /) -> str:
        """Translate a message in the form for `number` things."""
        return self.find().ngettext(one, several, number)

    def number(self, value: int, /) -> str:
        """Write a whole number."""
        return self.find().number(value)

    def day(self, day: date, /) -> str:
        """Write a day, such as `23 November 2026`."""
        return self.find().day(day)

    def moment(self, at: datetime, /) -> str:
        """Write a time in UTC, such as `23 November 2026, 14:05 UTC`."""
        return self.find().moment(at)


READER = ReaderMessages()
"""Translator for sentences about submissions on pages of the desk. The web application sets `find`."""

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
