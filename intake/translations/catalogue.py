"""Catalogues of translated messages, read from the .po files that translators edit.

No .mo files are stored, because they would be outdated if somebody forgot to compile them.
"""

from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from intake.plurals import gettext_noop
from intake.translations import interface

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "messages.pot"
DESK_TEMPLATE = FOLDER / "desk.pot"
CalendarDay = date
"""Alias of `datetime.date`, because inside the class `date` is a method."""
MOMENT = gettext_noop("%(date)s, %(time)s UTC")


class Catalogue(Translations):
    """Translations of one language. A message without a translation stays English."""

    def __init__(self, language: str, compiled: IO[bytes] | None = None) -> None:
        super().__init__(compiled)
        self.language = language
        self.locale = Locale.parse(interface.locale(language))

    def number(self, value: int) -> str:
        """Write a whole number as the language does, such as `12,345`."""
        return format_decimal(value, locale=self.locale)

    def decimal(self, value: float) -> str:
        """Write a number with one decimal, such as `1.5`."""
        return format_decimal(value, "0.0", locale=self.locale)

    def date(self, at: datetime) -> str:
        """Write the date of a time in UTC, such as `23 November 2026`."""
        return format_date(at.astimezone(UTC).date(), "long", locale=self.locale)

    def day(self, day: CalendarDay) -> str:
        """Write a day, such as `23 November 2026`."""
        return format_date(day, "long", locale=self.locale)

    def day_of_year(self, day: CalendarDay) -> str:
        """Write a day without its year, such as `23 November`."""
        return format_skeleton("MMMMd", day, locale=self.locale)

    def weekday(self, day: CalendarDay) -> str:
        """Write the short name of a day of the week, such as `Mon`."""
        return format_date(day, "ccc", locale=self.locale)

    def month(self, day: CalendarDay) -> str:
        """Write the name of a day's month, such as `November`."""
        return format_date(day, "LLLL", locale=self.locale)

    def days(self, first: CalendarDay, last: CalendarDay) -> str:
        """Write a span of days, such as `23–29 November 2026`."""
        return format_interval(first, last, "yMMMMd", locale=self.locale)

    def forms(self, one: str, several: str) -> list[str]:
        """Return all plural forms of a message, in the order of the catalogue."""
        count = len(set(map(self.plural, range(200))))
        found = [self._catalog[one, form] for form in range(count) if (one, form) in self._catalog]
        return found or [one, several]

    def moment(self, at: datetime) -> str:
        """Write a time in UTC, such as `23 November 2026, 14:05 UTC`."""
        time = format_time(at.astimezone(UTC).time(), "HH:mm", locale=self.locale)
        return self.gettext(MOMENT) % {"date": self.date(at), "time": time}


def file_of(language: str, domain: str = "messages") -> Path:
    """Return the path of a language's .po file. English has none. `domain` is `messages` or `desk`."""
    return FOLDER / interface.locale(language) / "LC_MESSAGES" / f"{domain}.po"


@cache
def load(language: str) -> Catalogue:
    """Read the catalogues of a language, once in each process. Fuzzy translations are left out."""
    catalog = _read(language)
    if catalog is None:
        return Catalogue(language)
    for message in _read(language, "desk") or ():
        if message.id:
            catalog.add(message.id, message.string)
    for message in [one for one in catalog if one.id and not _is_translated(one)]:
        # Otherwise Babel would compile the English plural forms, but choose among them by the other language's rule.
        catalog.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Catalogue(language, compiled)


def _read(language: str, domain: str = "messages") -> Catalog | None:
    """Read a .po file without its fuzzy translations. None if there is no such file."""
    file = file_of(language, domain)
    if not file.is_file():
        return None
    with file.open("rb") as source:
        found = read_po(source, locale=interface.locale(language))
    for message in [one for one in found if one.id and one.fuzzy]:
        found.delete(message.id)
    return found


def _is_translated(message: Message) -> bool:
    """Return whether a message has a translation, in each of its plural forms."""
    forms = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(forms)
