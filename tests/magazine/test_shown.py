import time
from typing import NoReturn

import pytest
from sqlalchemy.exc import OperationalError

from intake import consent
from intake.db import DatabaseUnavailable, transaction
from intake.magazine import shown, texts
from intake.models import Editor
from intake.settings import Settings


def save(admin: Editor, name: str, language: str, body: str, based_on: int = 0) -> None:
    with transaction() as session:
        texts.save(session, admin, (name, language), body, based_on)


def test_the_default_in_the_language_of_the_page(app_settings: Settings) -> None:
    found = shown.consent_shown("kk", "Фонарь")
    assert (found.version, found.language) == (consent.VERSION, "kk")
    assert "Фонарь" in found.text
    assert found == shown.consent_now("kk", "Фонарь")
    assert shown.introduction("en", "x") == [texts.DEFAULT_INTRODUCTION]


def test_the_magazine_s_own_text_counts_in_its_language_alone(admin: Editor) -> None:
    save(admin, texts.CONSENT, "en", "{magazine} may print it.")
    save(admin, texts.INTRODUCTION, "en", "Hello.\n\nThis is {magazine}.")
    found = shown.consent_now("en", "The Lantern")
    assert (found.version, found.text) == ("en-1", "The Lantern may print it.")
    assert shown.consent_now("kk", "The Lantern").version == consent.VERSION
    assert shown.introduction("en", "The Lantern") == ["Hello.", "This is The Lantern."]


def test_back_at_the_default_the_version_is_that_of_the_default(admin: Editor) -> None:
    save(admin, texts.CONSENT, "en", "Mine")
    save(admin, texts.CONSENT, "en", "", 1)
    assert shown.consent_now("en", "The Lantern") == consent.default("The Lantern")


def test_texts_are_read_again_only_after_a_while(admin: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    assert shown.consent_shown("en", "x").version == consent.VERSION
    save(admin, texts.CONSENT, "en", "Mine")
    assert shown.consent_shown("en", "x").version == consent.VERSION
    now[0] += shown.SECONDS
    assert shown.consent_shown("en", "x").version == "en-1"


def test_a_check_against_the_database_renews_what_is_shown(admin: Editor) -> None:
    shown.consent_shown("en", "x")
    save(admin, texts.CONSENT, "en", "Mine")
    assert shown.consent_now("en", "x").version == "en-1"
    assert shown.consent_shown("en", "x").version == "en-1"


def test_while_the_database_is_away_the_last_texts_are_shown(
    admin: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(admin, texts.CONSENT, "en", "Mine")
    shown.consent_now("en", "x")

    def away() -> NoReturn:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(shown, "reader", away)
    shown.forget()
    assert shown.consent_shown("en", "x").version == "en-1"
    with pytest.raises(DatabaseUnavailable):
        shown.consent_now("en", "x")
