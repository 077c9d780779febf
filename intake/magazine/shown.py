"""Texts as contributors see them: the magazine's own one in the reader's language, else the default in that language.

No text is shown in another language than the page's: a reader of Kazakh, for example, may not understand English.
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
"""Time for which a process caches texts. Consent is checked against the current text, see `consent_now`."""

Texts = Mapping[Key, TextVersion]


class _Kept:
    """Cached texts, and the time until which they are valid, by the monotonic clock."""

    texts: Texts = {}  # noqa: RUF012 - replaced as a whole, never changed
    until = 0.0


@cache
def _kept() -> _Kept:
    return _Kept()


def forget() -> None:
    """Clear the cache, so that the texts are read again when they are next shown."""
    _kept().until = 0.0


def introduction(language: str, magazine: str) -> list[str]:
    """Return the paragraphs of the introduction."""
    body = _body(_recent(), (texts.INTRODUCTION, language))
    return texts.filled(body, magazine).split("\n\n")


def consent_shown(language: str, magazine: str) -> Consent:
    """Return the consent text for a page. It may be SECONDS old."""
    return _consent(_recent(), language, magazine)


def consent_now(language: str, magazine: str) -> Consent:
    """Return the consent text currently in force. Raises DatabaseUnavailable."""
    return _consent(_read(), language, magazine)


def _consent(found: Texts, language: str, magazine: str) -> Consent:
    key = (texts.CONSENT, language)
    own = found.get(key, NONE)
    version = f"{language}-{own.number}" if own.body else consent.VERSION
    return Consent(version, language, texts.filled(_body(found, key), magazine))


def _body(found: Texts, key: Key) -> str:
    return found.get(key, NONE).body or texts.default(*key)


def _recent() -> Texts:
    """Return the texts. While the database is unavailable, the cached texts are shown."""
    kept = _kept()
    if time.monotonic() >= kept.until:
        # Extend the validity first, so that only this thread reads, while the others use the cached texts.
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
