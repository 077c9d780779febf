"""Language of the desk: chosen by the account, else by the browser."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from intake.db import transaction
from intake.models import Editor, Event
from intake.translations import interface
from intake.web import Transom
from tests.web.bodies import File
from tests.web.conftest import JPEG
from tests.web.people import PASSWORD, Newsroom, value
from tests.web.programs import Program, token_of

QUEUE = {"en": "Queue", "fr": "File", "it": "Coda", "ru": "Очередь", "zh-Hans": "队列"}
RUSSIAN = {"Accept-Language": "ru-RU, en;q=0.5"}


def speak(code: str | None) -> None:
    """Set the language of all accounts."""
    with transaction() as session:
        session.execute(update(Editor).values(language=code))


def test_the_names_are_those_of_all_languages() -> None:
    assert set(QUEUE) == set(interface.DESK)


@pytest.mark.parametrize("code", interface.DESK)
def test_the_desk_speaks_the_language_of_the_account(editor: Newsroom, code: str) -> None:
    speak(code)
    answer = editor.client.get("/desk/", headers=RUSSIAN)
    assert f'<html lang="{code}" dir="ltr">' in answer.text
    assert f">{QUEUE[code]}</h1>" in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_without_a_choice_the_browser_decides(editor: Newsroom) -> None:
    assert '<html lang="ru"' in editor.client.get("/desk/", headers=RUSSIAN).text
    assert '<html lang="en"' in editor.client.get("/desk/", headers={"Accept-Language": "kk, tr"}).text


def test_the_language_is_chosen_on_the_page_of_settings(editor: Newsroom) -> None:
    page = editor.get("/desk/me").text
    assert '<option value="zh-Hans">简体中文</option>' in page
    answer = editor.post("/desk/me", language="it", mail="y")
    page = editor.get(answer.location).text
    assert "Le sue impostazioni sono salvate." in page
    assert '<option selected value="it">' in page
    editor.post("/desk/me", language="xx", mail="y")
    with transaction() as session:
        assert set(session.scalars(select(Editor.language))) == {None}


def test_the_first_login_keeps_what_the_browser_prefers(app: Transom, editor: Newsroom) -> None:
    with transaction() as session:
        address = session.scalars(select(Editor.email).where(Editor.password.is_not(None))).first()
        session.execute(update(Editor).values(last_login_at=None))
    for language, stored in (("fr-CH", "fr"), ("it", "fr")):
        client = app.test_client()
        header = {"Accept-Language": language}
        token = value(client.get("/login", headers=header).text, "csrf_token")
        words = {"email": address, "password": PASSWORD, "csrf_token": token}
        assert client.post("/login", data=words, headers=header).status_code == 302
        with transaction() as session:
            assert session.scalar(select(Editor.language).where(Editor.email == address)) == stored
    assert editor is not None


def test_error_pages_and_the_login_speak_it_too(app: Transom, editor: Newsroom) -> None:
    editor.post("/desk/me", language="ru", mail="y")
    assert "Ошибка 404" in editor.get("/desk/nothing").text
    assert "Войти" in app.test_client().get("/login", headers=RUSSIAN).text


def test_admins_read_english(admin: Newsroom) -> None:
    speak("ru")
    page = admin.get("/admin/").text
    assert '<html lang="en"' in page
    assert "System status" in page


@pytest.mark.parametrize(
    ("code", "banner", "decision"),
    [
        ("ru", "Отклонено: «", "<strong>Отклонить</strong> (пришло слишком поздно), <bdi>"),
        ("zh-Hans", "已退“", "<strong>退稿</strong>（来得太晚），<bdi>"),
    ],
)
def test_a_rejection_in_russian_and_chinese(
    editor: Newsroom, submitted: Callable[..., str], code: str, banner: str, decision: str
) -> None:
    url = submitted(File("photo-1", JPEG))
    speak(code)
    words = {"version": value(editor.get(url).text, "version"), "verdict": "reject", "code": "reject.late"}
    answer = editor.post(f"{url}/decisions", **words, message="Sorry.")
    assert banner in editor.get(answer.location).text
    page = editor.get(url).text
    assert decision in page
    # Stored texts stay English, whatever the language of the desk.
    with transaction() as session:
        assert all(str(one.data).isascii() for one in session.scalars(select(Event)))


def test_the_api_speaks_english(app: Transom, editor: Newsroom, submitted: Callable[..., str]) -> None:
    address = submitted(File("photo-1", JPEG))
    speak("ru")
    with transaction() as session:
        person = session.scalars(select(Editor).where(Editor.password.is_not(None))).first()
    assert person
    assert editor
    program = Program(app.test_client(), token_of(person, "read"))
    found = program.get(f"/api/v1{address}").get_json()
    assert "Ready for review" in str(found)
    assert "Готово" not in str(found)
