import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.magazine import texts
from intake.magazine.texts import CONSENT, INTRODUCTION, NONE
from intake.models import Editor, Event
from intake.settings import Settings
from intake.translations import interface

KEY = (CONSENT, "kk")


def save(admin: Editor, body: str, based_on: int) -> bool:
    with transaction() as session:
        return texts.save(session, admin, KEY, body, based_on)


def test_nothing_is_changed_at_first(app_settings: Settings) -> None:
    with transaction() as session:
        assert texts.newest(session) == {}
        assert texts.versions(session, *KEY) == []


def test_each_change_is_a_version_and_an_event(admin: Editor) -> None:
    assert save(admin, "  Келісемін.\r\n\r\n\r\nЖіберемін. ", 0)
    assert not save(admin, "Келісемін.\n\nЖіберемін.", 1)
    assert save(admin, "Жоқ", 1)
    assert save(admin, "", 2)
    with transaction() as session:
        found = texts.versions(session, *KEY)
        events = session.scalars(select(Event).where(Event.name == "magazine_text.changed")).all()
        assert [(one.number, one.body, one.author) for one in found] == [
            (3, "", admin.name),
            (2, "Жоқ", admin.name),
            (1, "Келісемін.\n\nЖіберемін.", admin.name),
        ]
        assert texts.newest(session) == {KEY: found[0]}
        assert [one.data for one in events] == [
            {"text": CONSENT, "language": "kk", "version": number} for number in (1, 2, 3)
        ]


def test_the_default_text_itself_is_no_text_of_ones_own(admin: Editor) -> None:
    assert not save(admin, texts.default(*KEY), 0)
    assert save(admin, "Мәтін", 0)
    assert save(admin, texts.default(*KEY), 1)
    with transaction() as session:
        assert texts.newest(session)[KEY].body == ""


def test_a_change_of_an_older_version_is_refused(admin: Editor) -> None:
    save(admin, "Бір", 0)
    with pytest.raises(texts.StaleText):
        save(admin, "Екі", 0)


def test_each_language_has_versions_of_its_own(admin: Editor) -> None:
    save(admin, "Бір", 0)
    with transaction() as session:
        texts.save(session, admin, (INTRODUCTION, "kk"), "Сәлем", 0)
        texts.save(session, admin, (CONSENT, "ar"), "نعم", 0)
        found = {key: (one.number, one.body) for key, one in texts.newest(session).items()}
    assert found == {KEY: (1, "Бір"), (INTRODUCTION, "kk"): (1, "Сәлем"), (CONSENT, "ar"): (1, "نعم")}


@pytest.mark.parametrize("language", interface.INTERFACE)
def test_defaults_are_there_in_every_language(language: str) -> None:
    assert texts.MAGAZINE in texts.default(CONSENT, language)
    assert "%(" not in texts.default(CONSENT, language)
    assert texts.problem(texts.default(CONSENT, language)) == ""
    assert (texts.default(INTRODUCTION, language) == texts.DEFAULT_INTRODUCTION) == (language == "en")


def test_control_characters_and_blank_lines_are_left_out() -> None:
    assert texts.tidy("\n a\x00\tb\x1b \n\n\n\n c\u2028d\n") == "a b\n\nc\nd"
    assert texts.tidy(" \n ") == ""


def test_a_text_has_a_limit() -> None:
    assert texts.problem("x" * texts.MOST_CHARACTERS) == ""
    assert (
        texts.problem("x" * (texts.MOST_CHARACTERS + 1))
        == "Please keep the text to 2,000 characters. It has 2,001."
    )


def test_the_name_of_the_magazine_is_filled_in() -> None:
    assert (
        texts.filled("{magazine} and {others} %(x)s", "The {Lantern}") == "The {Lantern} and {others} %(x)s"
    )
    assert NONE.body == ""
