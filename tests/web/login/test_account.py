"""Page of the person's own account."""

from sqlalchemy import select

from intake.db import transaction
from intake.models import Editor
from tests.web.people import Newsroom, value


def test_a_person_changes_their_own_name(editor: Newsroom, chief: Newsroom) -> None:
    page = editor.get("/account").text
    assert value(page, "name") == "Asel Nurbekova"
    answer = editor.post("/account/name", name="Asel\u200b  Nurbekova-Lee")
    assert (answer.status_code, answer.location) == (303, "/account")
    page = editor.get("/account").text
    assert "Your name is saved." in page
    assert value(page, "name") == "Asel Nurbekova-Lee"
    assert "The name of Asel Nurbekova-Lee was changed." in chief.get("/desk/").text


def test_an_empty_name_and_that_of_a_colleague_are_refused(editor: Newsroom, chief: Newsroom) -> None:
    with transaction() as session:
        other = session.scalars(select(Editor.name).where(Editor.roles.any(name="chief"))).one()
    for wrong, said in (
        ("\u200b", "Please give the name that your colleagues know."),
        (other, "A colleague has this name already."),
        ("A" * 301, "Please keep this to 300 characters."),
    ):
        answer = editor.post("/account/name", name=wrong)
        assert answer.status_code == 422
        assert said in answer.text
    assert 'value="Asel Nurbekova"' in editor.get("/account").text
