"""Texts as contributors see them: the magazine's own one in the reader's language, else the default in that language.

No text is shown in another language than the page's. Who reads Kazakh may not read the English text.
"""

import time
from collections.abc import Mapping
from functools import cache

from intake import consent
from intake.consent import Consent
from intake.db import DatabaseUnavailable, ReadSession, reader
from intake.magazine import texts
from intake.magazine.texts import NONE, Key, TextVersion

SECONDS = 5
"""Time for which a process shows texts without reading them again. Nobody can agree to an older text: see `consent_now`."""

Texts = Mapping[Key, TextVersion]


class _Kept:
    """Texts that were read last, and until when they are shown, by the monotonic clock."""

    texts: Texts = {}  # noqa: RUF012 - replaced as a whole, never changed
    until = 0.0


@cache
def _kept() -> _Kept:
    return _Kept()


def forget() -> None:
    """Read the texts again when they are next shown."""
    _kept().until = 0.0


def introduction(language: str, magazine: str) -> list[str]:
    """Return the paragraphs of the introduction."""
    body = _body(_recent(), (texts.INTRODUCTION, language))
    return texts.filled(body, magazine).split("\n\n")


def consent_shown(language: str, magazine: str) -> Consent:
    """Return the consent text for a page. It may be SECONDS old."""
    return _consent(_recent(), language, magazine)


def consent_now(language: str, magazine: str) -> Consent:
    """Return the consent text that counts now. Raises DatabaseUnavailable."""
    return _consent(_read(), language, magazine)


def _consent(found: Texts, language: str, magazine: str) -> Consent:
    key = (texts.CONSENT, language)
    own = found.get(key, NONE)
    version = f"{language}-{own.number}" if own.body else consent.VERSION
    return Consent(version, language, texts.filled(_body(found, key), magazine))


def _body(found: Texts, key: Key) -> str:
    return found.get(key, NONE).body or texts.default(*key)


def _recent() -> Texts:
    """Return the texts. While the database is away, those that were read last are shown."""
    kept = _kept()
    if time.monotonic() >= kept.until:
        # Only one thread reads. The others go on with what they have.
        kept.until = time.monotonic() + SECONDS
        try:
            return _read()
        except DatabaseUnavailable:
            return kept.texts
    return kept.texts


def _read() -> Texts:
    with reader() as connection, ReadSession(connection) as session:
        found = texts.newest(session)
    kept = _kept()
    kept.texts, kept.until = found, time.monotonic() + SECONDS
    return found
