import re

import pytest

from intake.accounts import sessions
from intake.accounts.invitations import set_password
from intake.db import transaction
from intake.models import Editor, record
from intake.web import Transom
from tests.accounts.factors_of import set_up_app
from tests.web.conftest import add_account
from tests.web.people import Newsroom

NO_NAME = "Please give the name that your colleagues know."


@pytest.fixture
def asel(app: Transom) -> int:
    """Id of an editor."""
    return add_account(app, "asel", "editor")


def address(number: int, *rest: str) -> str:
    return "/".join(["/admin/people", str(number), *rest])


def account(number: int) -> Editor:
    with transaction() as session:
        return session.get_one(Editor, number)


def own(admin: Newsroom) -> int:
    with transaction() as session:
        return session.query(Editor).filter_by(email="daniel@transom.example").one().id


def test_the_page_of_an_account(admin: Newsroom, asel: int) -> None:
    assert f'href="{address(asel)}"' in admin.get("/admin/people").text
    page = admin.get(address(asel)).text
    assert "asel@transom.example" in page
    assert "Not logged in anywhere." in page
    assert re.search(r'value="editor" checked', page)
    assert admin.get(address(10**9)).status_code == 404


def test_the_name_is_changed_and_all_pages_follow(admin: Newsroom, asel: int) -> None:
    with transaction() as session:
        record(session, "account.switched_on", actor=session.get_one(Editor, asel), account=asel)
    assert admin.post(address(asel, "name"), name=" Asel\u202e Lee ").location == address(asel)
    assert "The name is saved: Asel Lee." in admin.get(address(asel)).text
    changes = admin.get("/admin/changes").text
    assert "by <bdi>Asel Lee</bdi>" in changes, "who did something earlier"
    assert "<strong>Name changed</strong>" in changes
    for wrong, said in ((" ", NO_NAME), ("daniel ferreira", "A colleague has this name already.")):
        answer = admin.post(address(asel, "name"), name=wrong)
        assert answer.status_code == 422
        assert said in answer.text
    assert account(asel).name == "Asel Lee"
    assert admin.post(address(10**9, "name"), name="Nobody").status_code == 404


def test_roles_are_changed(admin: Newsroom, asel: int) -> None:
    assert admin.post(address(asel, "roles"), roles=["chief", "admin"]).location == address(asel)
    assert [role.name for role in account(asel).roles] == ["chief", "admin"]
    for wrong in ([], ["owner"]):
        assert admin.post(address(asel, "roles"), roles=wrong).status_code == 422
    assert [role.name for role in account(asel).roles] == ["chief", "admin"]


def test_switching_off_asks_first(admin: Newsroom, asel: int) -> None:
    question = admin.get(address(asel, "switch-off"))
    assert "Nothing has changed yet." in question.text
    assert "All API tokens of Asel end." in question.text
    assert account(asel).active
    done = admin.post(address(asel, "switch-off"))
    assert (done.status_code, done.location) == (303, address(asel))
    assert not account(asel).active
    assert "Switched off" in admin.get("/admin/people").text
    assert admin.post(address(asel, "switch-on")).status_code == 303
    assert account(asel).active


def test_deletion_asks_first(admin: Newsroom, asel: int) -> None:
    question = admin.get(address(asel, "deletion"))
    assert "Deletion cannot be undone." in question.text
    assert f"“Deleted account {asel}”" in question.text
    assert account(asel).deleted_at is None
    assert admin.post(address(asel, "deletion")).location == "/admin/people"
    page = admin.get("/admin/people").text
    assert "asel@transom.example" not in page
    assert "The account is deleted." in page
    assert admin.get(address(asel)).status_code == 404


def test_the_page_leads_into_the_resets_that_one_admin_cannot_do(
    app: Transom, admin: Newsroom, asel: int
) -> None:
    ana = add_account(app, "ana", "chief")
    assert "Reset the password</button>" in admin.get(address(asel)).text
    assert "Ask for a reset" not in admin.get(address(asel)).text
    set_up_app(ana)
    page = admin.get(address(ana)).text
    assert "Ask for a reset of the password" in page
    assert "Ask for a reset of the factors" in page
    assert admin.post(address(ana, "links")).location == "/admin/resets"
    assert admin.post("/admin/resets", editor=str(ana)).location == "/admin/resets"
    page = admin.get(address(ana)).text
    assert "A reset of the password is open." in page
    assert "A reset of the second factors is open." in page
    assert "Ask for a reset" not in page
    assert account(ana).password is not None


def test_sessions_are_ended_one_by_one_and_all(app: Transom, admin: Newsroom, asel: int) -> None:
    browsers = [Newsroom(app.test_client()) for _ in range(3)]
    for browser in browsers:
        browser.log_in("asel@transom.example")
    page = admin.get(address(asel)).text
    ends = re.findall(rf'action="({address(asel)}/sessions/[0-9a-f-]+/ends)"', page)
    assert len(ends) == 3
    assert admin.post(ends[0]).status_code == 303
    assert sorted(browser.get("/desk/").status_code for browser in browsers) == [200, 200, 303]
    assert admin.post(ends[0]).status_code == 404
    assert admin.post(address(asel, "session-ends")).status_code == 303
    assert [browser.get("/desk/").status_code for browser in browsers] == [303] * 3


@pytest.mark.parametrize("what", ["switch-off", "deletion", "links"])
def test_one_s_own_account_is_for_others(admin: Newsroom, what: str) -> None:
    page = admin.get(address(own(admin))).text
    assert "Delete …" not in page
    answer = admin.post(address(own(admin), what))
    assert answer.status_code == 409
    assert "This is your own account. Another administrator can do that" in " ".join(
        re.sub(r"<[^>]+>", " ", answer.text).split()
    )


def test_the_last_admin_keeps_the_role(admin: Newsroom, app: Transom, asel: int) -> None:
    answer = admin.post(address(own(admin), "roles"), roles=["editor"])
    assert answer.status_code == 409
    assert "This is the last active administrator." in answer.text
    add_account(app, "noor", "admin")
    assert admin.post(address(own(admin), "roles"), roles=["editor"]).status_code == 303
    assert admin.get("/admin/people").status_code == 403


def test_names_are_text_everywhere(admin: Newsroom, asel: int) -> None:
    with transaction() as session:
        session.get_one(Editor, asel).name = "<b>Asel</b>"
    for page in (address(asel), address(asel, "switch-off"), address(asel, "deletion"), "/admin/people"):
        text = admin.get(page).text
        assert "<b>Asel</b>" not in text
        assert "&lt;b&gt;Asel&lt;/b&gt;" in text


def test_a_new_password_is_an_end_for_the_others(asel: int) -> None:
    with transaction() as session:
        number = sessions.begin(session, asel)
        set_password(session, session.get_one(Editor, asel), "hash")
        assert (
            sessions.why_ended(session, number, sessions.SessionLimits(*[sessions.ENDED_KEPT] * 2))
            == "password"
        )
