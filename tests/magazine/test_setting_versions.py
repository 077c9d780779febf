import pytest

from intake.db import transaction
from intake.errors import NotFound
from intake.magazine import choices, sealed_address, setting_versions
from intake.magazine.choices import InvalidChoices
from intake.magazine.setting_versions import ChoiceVersion, StaleChoices
from intake.models import Editor, Event
from intake.settings import ON_PAGE, settings
from tests.cast import Contributor

ADDRESS = "smtp://asel:four%20words@mail.example.org:587"


def save(admin: Editor | None, based_on: int | None = None, **changed: str) -> ChoiceVersion | None:
    with transaction() as session:
        return setting_versions.save(session, admin, changed, based_on)


def current() -> ChoiceVersion:
    with transaction() as session:
        return setting_versions.current(session)


def test_a_save_is_a_version_with_its_changes_in_words(admin: Editor) -> None:
    saved = save(admin, 0, magazine="The Lantern", draft_days="1")
    assert saved
    assert (saved.number, saved.author, saved.source) == (1, "Daniel Ferreira", "page")
    assert [(one.label, one.before, one.after) for one in saved.changes] == [
        ("Name of the magazine", "The Transom", "The Lantern"),
        ("Unsent drafts are deleted after", "7 days", "1 day"),
    ]
    with transaction() as session:
        event = session.query(Event).filter_by(name="settings.changed").one()
        assert (event.editor_id, event.data) == (admin.id, {"version": 1})


def test_the_default_is_not_stored_and_nothing_new_is_no_version(admin: Editor) -> None:
    assert save(admin, magazine="The Transom", sections=choices.default("sections")) is None
    save(admin, magazine="The Lantern")
    saved = save(admin, magazine="The Transom")
    assert saved
    assert saved.choices == {}


def test_a_stale_save_is_refused(admin: Editor) -> None:
    save(admin, 0, magazine="The Lantern")
    with pytest.raises(StaleChoices):
        save(admin, 0, magazine="The Window")
    assert current().choices == {"magazine": "The Lantern"}


def test_what_the_machine_sets_is_not_saved(admin: Editor) -> None:
    """The fixture `app_settings` sets TRANSOM_UNDO_SECONDS in the environment, which has precedence."""
    assert save(admin, undo_seconds="99") is None


def test_all_problems_are_told_at_once(admin: Editor) -> None:
    wrong = {
        "magazine": "x" * 81,
        "sections": "News, news",
        "form_languages": "en,xx",
        "overdue_hours": "0",
        "digest_hours": "7,24",
        "mail_from": "nobody",
        "draft_days": "0",
        "hourly_budget": "many",
    }
    with pytest.raises(InvalidChoices) as caught, transaction() as session:
        setting_versions.save(session, admin, wrong, 0)
    assert caught.value.problems.keys() == wrong.keys()
    assert caught.value.problems["sections"] == "Please name each section once."
    assert current().number == 0


@pytest.mark.parametrize("sections", ["", " , "])
def test_one_section_stays(admin: Editor, sections: str) -> None:
    with pytest.raises(InvalidChoices, match="at least one section"):
        save(admin, sections=sections)


def test_a_section_in_use_can_be_hidden_and_not_removed(admin: Editor, contributor: Contributor) -> None:
    contributor.submit(section="Opinion")
    with pytest.raises(InvalidChoices) as caught:
        save(admin, sections="News")
    assert caught.value.problems == {
        "sections": "Submissions are in these sections: Opinion (1). Hide them instead."
    }
    saved = save(admin, sections="News", hidden_sections="Opinion")
    assert saved
    assert setting_versions.known_sections(saved.choices) == ["News", "Opinion"]


def test_rules_of_a_removed_section_go_with_it(admin: Editor) -> None:
    save(admin, two_approvals="News,Opinion", overdue_hours="72,News=24,Opinion=12")
    saved = save(admin, sections="News")
    assert saved
    assert (saved.choices["two_approvals"], saved.choices["overdue_hours"]) == ("News", "72,News=24")


def test_an_earlier_version_is_restored_as_a_new_one(admin: Editor, contributor: Contributor) -> None:
    save(admin, magazine="The Lantern")
    save(admin, magazine="The Window", sections="News,Poems")
    contributor.submit(section="Poems")
    with transaction() as session:
        restored = setting_versions.restore(session, admin, 1, 2)
    assert restored
    assert (restored.number, restored.source, restored.restored) == (3, "restored", 1)
    # Version 1 lacks the section Poems. A submission is in it, so the restored version keeps it as a hidden section.
    assert restored.choices == {"magazine": "The Lantern", "hidden_sections": "Poems"}
    with transaction() as session:
        assert setting_versions.restore(session, admin, 3, 3) is None
        with pytest.raises(StaleChoices):
            setting_versions.restore(session, admin, 1, 2)
        with pytest.raises(NotFound):
            setting_versions.restore(session, admin, 9, 3)
        assert [one.number for one in setting_versions.versions(session)] == [3, 2, 1]


def test_the_password_of_the_mail_server_is_encrypted_and_never_in_words(admin: Editor) -> None:
    saved = save(admin, smtp_url=ADDRESS)
    assert saved
    assert "four" not in str(saved)
    assert saved.changes[0].after == "mail.example.org, port 587, as asel"
    assert sealed_address.opened(saved.choices["smtp_url"]) == ADDRESS
    assert save(admin, smtp_url=ADDRESS) is None
    other = save(admin, smtp_url=ADDRESS.replace("four", "five"))
    assert other
    assert other.changes[0].after == "mail.example.org, port 587, as asel, with another password"
    gone = save(admin, smtp_url="")
    assert gone
    assert gone.choices == {}


def test_an_address_of_another_key_is_said_to_be_one(admin: Editor) -> None:
    assert sealed_address.described("bm90IG91cnM=") == "an address that this master key does not open"


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        (("mail.example.org", 587, "", ""), "smtp://mail.example.org:587"),
        (("mail.example.org", 465, "a@b", "p:/@"), "smtps://a%40b:p%3A%2F%40@mail.example.org:465"),
        (("::1", 25, "", "x"), "smtp://[::1]:25"),
        (("", 25, "a", "b"), ""),
    ],
)
def test_an_address_is_joined(parts: tuple[str, int, str, str], address: str) -> None:
    assert sealed_address.joined(*parts) == address


def test_every_choice_has_a_field_or_a_page(admin: Editor) -> None:
    assert {*ON_PAGE, "logo"} == choices.LABELS.keys()
    assert all(hasattr(settings(), name) for name in ON_PAGE)
