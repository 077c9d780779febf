from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from intake.translations import catalogue, interface
from intake.translations.catalogue import Catalogue

RUSSIAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Your receipt"
msgstr "Ваша квитанция"

#, fuzzy
msgid "Your story"
msgstr "Непроверенное"

msgid "%(num)s photo"
msgid_plural "%(num)s photos"
msgstr[0] "%(num)s фото (1)"
msgstr[1] "%(num)s фото (2)"
msgstr[2] "%(num)s фото (5)"

msgid "%(num)s day"
msgid_plural "%(num)s days"
msgstr[0] ""
msgstr[1] ""
msgstr[2] ""
"""


@pytest.fixture
def russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    file = tmp_path / "messages.po"
    file.write_text(RUSSIAN)
    monkeypatch.setattr(
        catalogue,
        "file_of",
        lambda _language, domain="messages": file if domain == "messages" else file.parent / "desk.po",
    )
    return catalogue.load.__wrapped__("ru")


def test_a_po_file_is_read_without_being_compiled(russian: Catalogue) -> None:
    assert russian.gettext("Your receipt") == "Ваша квитанция"


def test_a_message_without_a_translation_stays_english(russian: Catalogue) -> None:
    assert russian.gettext("Unknown") == "Unknown"
    assert russian.gettext("Your story") == "Your story"  # fuzzy


@pytest.mark.parametrize(("number", "form"), [(1, 1), (21, 1), (22, 2), (11, 5), (5, 5)])
def test_plurals_follow_the_language(russian: Catalogue, number: int, form: int) -> None:
    expected = f"{number} фото ({form})"
    assert russian.ngettext("%(num)s photo", "%(num)s photos", number) % {"num": number} == expected


@pytest.mark.parametrize(("number", "words"), [(1, "1 day"), (21, "21 days"), (2, "2 days")])
def test_a_plural_without_a_translation_is_english(russian: Catalogue, number: int, words: str) -> None:
    assert russian.ngettext("%(num)s day", "%(num)s days", number) % {"num": number} == words


def test_numbers_follow_the_language(russian: Catalogue) -> None:
    assert russian.number(12345) == "12\xa0345"
    assert catalogue.load("en").number(12345) == "12,345"


@pytest.mark.parametrize("code", interface.INTERFACE)
def test_each_language_can_be_loaded(code: str) -> None:
    loaded = catalogue.load(code)
    assert loaded.language == code
    assert loaded.ngettext("one", "several", 1)


def test_dates_follow_the_language() -> None:
    at = datetime(2026, 11, 23, 19, 5, tzinfo=timezone(timedelta(hours=5)))
    assert catalogue.load("en").moment(at) == "23 November 2026, 14:05 UTC"
    assert catalogue.load("fr").date(at) == "23 novembre 2026"
    assert catalogue.load("zh-Hant").date(at) == "2026年11月23日"
    assert catalogue.load("fr").decimal(1.5) == "1,5"
