"""Setup assistant of a new installation."""

import re

import pytest

from intake.db import transaction
from intake.magazine import first_steps, setting_versions
from intake.magazine.setting_versions import ChoiceVersion
from intake.settings import Settings
from tests.cast import RunJobs, join
from tests.post_office import PostOffice
from tests.web.people import Newsroom, value

PAGE = "/admin/first-steps"
ALL = {
    "TRANSOM_MAGAZINE": "Machine",
    "TRANSOM_FORM_LANGUAGES": "en",
    "TRANSOM_SECTIONS": "One",
    "TRANSOM_SMTP_URL": "smtp://mail.example.org",
    "TRANSOM_MAIL_FROM": "desk@example.org",
    "TRANSOM_TWO_APPROVALS": "One",
}


def current() -> ChoiceVersion:
    with transaction() as session:
        return setting_versions.current(session)


def answer(admin: Newsroom, step: str, do: str = "save", **typed: object) -> str:
    """Answer a question. Returns the address that follows."""
    version = value(admin.get(f"{PAGE}/{step}").text, "version")
    found = admin.post(f"{PAGE}/{step}", do=do, version=version, **typed)
    assert found.status_code == 303, found.text
    return found.location


def test_five_questions_and_an_end(admin: Newsroom) -> None:
    assert admin.get("/start").location == PAGE
    page = admin.get(PAGE).text
    assert "1 of 5" in page
    assert 'value="The Transom"' in page
    assert answer(admin, "name", magazine="The Lantern") == f"{PAGE}/languages"
    assert "2 of 5" in admin.get(f"{PAGE}/languages").text
    assert answer(admin, "languages", languages=["en", "ru"]) == f"{PAGE}/sections"
    assert "News\r\nAnalysis" in admin.get(f"{PAGE}/sections").text.replace("\n", "\r\n").replace(
        "\r\r", "\r"
    )
    assert answer(admin, "sections", new_sections="News\n\nPoems") == f"{PAGE}/mail"
    assert answer(admin, "mail", "later") == f"{PAGE}/approvals"
    assert re.findall(r'name="approvals" value="(\w+)"', admin.get(f"{PAGE}/approvals").text) == [
        "News",
        "Poems",
    ]
    assert answer(admin, "approvals", approvals=["Poems"]) == f"{PAGE}/end"
    assert current().choices == {
        "magazine": "The Lantern",
        "form_languages": "en,ru",
        "sections": "News,Poems",
        "two_approvals": "Poems",
    }
    assert current().source == "assistant"
    end = admin.get(f"{PAGE}/end").text
    assert "English, Русский" in end
    assert "News, Poems" in end
    assert admin.get("/start").location == "/admin/"
    # The assistant can be opened again. Its fields then show the stored answers.
    assert 'value="The Lantern"' in admin.get(PAGE).text


def test_later_for_all_is_asked_once(admin: Newsroom) -> None:
    for step in first_steps.STEPS:
        assert admin.get("/start").location == PAGE
        answer(admin, step, "later")
    assert current().choices == {}
    assert admin.get("/start").location == "/admin/"


def test_the_questions_can_be_left(admin: Newsroom) -> None:
    assert answer(admin, "languages", "leave") == f"{PAGE}/end"
    assert admin.get("/start").location == "/admin/"


def test_an_installation_with_several_accounts_is_not_asked(admin: Newsroom) -> None:
    join("Miriam Osei", "chief")
    assert admin.get("/start").location == "/admin/"


def test_what_the_machine_sets_is_not_asked(admin: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSOM_MAGAZINE", "Machine")
    monkeypatch.setenv("TRANSOM_SECTIONS", "One")
    page = admin.get(PAGE).text
    assert "1 of 3" in page
    assert "In which languages" in page
    assert admin.get(f"{PAGE}/sections").location == f"{PAGE}/mail"


def test_nothing_is_asked_where_the_machine_sets_everything(
    admin: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in ALL.items():
        monkeypatch.setenv(name, text)
    assert admin.get("/start").location == "/admin/"
    end = admin.get(PAGE).text
    assert "What is set" in end
    assert "<code>TRANSOM_MAGAZINE</code>" in end


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("name", {"magazine": " "}, "Please give the name of the magazine."),
        ("languages", {}, "Please choose at least one language."),
        ("sections", {"new_sections": "News\nnews"}, "Please name each section once."),
        ("mail", {"smtp_host": "a b", "smtp_port": "587"}, "Please give the name of a server"),
    ],
)
def test_a_wrong_answer_stays_on_its_page(
    admin: Newsroom, step: str, typed: dict[str, str], said: str
) -> None:
    found = admin.post(f"{PAGE}/{step}", do="save", version="0", **typed)
    assert found.status_code == 422
    assert said in found.text
    assert current().number == 0


def test_a_stale_answer_is_shown_again(admin: Newsroom) -> None:
    answer(admin, "name", magazine="The Lantern")
    found = admin.post(f"{PAGE}/name", do="save", version="0", magazine="The Window")
    assert found.status_code == 409
    assert 'value="The Window"' in found.text
    assert "Somebody else has saved the settings" in found.text
    assert value(found.text, "version") == "1"


def test_mail_is_saved_and_tried(
    admin: Newsroom, app_settings: Settings, post_office: PostOffice, run_jobs: RunJobs
) -> None:
    typed = {"smtp_host": "127.0.0.1", "smtp_port": str(post_office.port), "mail_from": "desk@example.org"}
    assert answer(admin, "mail", "test", **typed) == f"{PAGE}/mail"
    run_jobs()
    ((_, message),) = post_office.mails
    assert message["From"] == "desk@example.org"
    assert "the mail server took the message" in admin.get(f"{PAGE}/mail").text
