import re
from datetime import timedelta

import pytest
from sqlalchemy import func, update

from intake.accounts import administration, invitations, login_links, resets, sessions
from intake.accounts.account_words import OWN_NOTICES, SESSION_ENDED
from intake.db import transaction
from intake.models import Editor, LoginLink, LoginSession, Token
from intake.web import Transom
from intake.web.login.sessions import END_TOKENS
from tests.accounts.factors_of import set_up_app
from tests.cast import join
from tests.web.people import PASSWORD, Newsroom, value
from tests.web.programs import Program, token_of

ASEL = "asel@transom.example"
NEW = "four new words here"


def asel() -> Editor:
    with transaction() as session:
        return session.query(Editor).filter_by(email=ASEL).one()


def second_browser(app: Transom) -> Newsroom:
    somebody = Newsroom(app.test_client())
    assert somebody.log_in(ASEL).status_code == 302
    return somebody


def copied(app: Transom, somebody: Newsroom) -> Newsroom:
    """Browser with a copy of the session cookie."""
    cookie = somebody.client.get_cookie("transom")
    assert cookie
    thief = app.test_client()
    thief.set_cookie("transom", cookie.value)
    return Newsroom(thief)


def is_out(somebody: Newsroom, sentence: str) -> bool:
    """Return whether the next page is the login, with this sentence."""
    answer = somebody.get("/desk/")
    return answer.status_code == 303 and sentence in somebody.get(answer.location).text


def test_point_52_a_login_brings_a_new_session_and_a_new_csrf_token(app: Transom, editor: Newsroom) -> None:
    fresh = Newsroom(app.test_client())
    before = value(fresh.get("/login").text, "csrf_token")
    fresh.log_in(ASEL)
    with fresh.client.session_transaction() as cookie:
        first = cookie["login"]
    page = fresh.get("/desk/me").text
    assert value(page, "csrf_token") != before
    answer = fresh.client.post("/desk/me", data={"csrf_token": before})
    assert answer.status_code == 400
    fresh.post("/logout")
    fresh.log_in(ASEL)
    with fresh.client.session_transaction() as cookie:
        assert cookie["login"] != first


def test_point_52_a_copied_cookie_is_refused_after_the_logout_and_others_stay(
    app: Transom, editor: Newsroom
) -> None:
    other, thief = second_browser(app), copied(app, editor)
    assert thief.get("/desk/").status_code == 200
    editor.post("/logout")
    assert is_out(thief, SESSION_ENDED["logged_out"])
    assert other.get("/desk/").status_code == 200


def test_point_52_a_copied_cookie_is_refused_after_switching_off(app: Transom, editor: Newsroom) -> None:
    thief = copied(app, editor)
    with transaction() as session:
        administration.switch_off(session, asel().id, None)
    for somebody in (editor, thief):
        assert is_out(somebody, SESSION_ENDED["switched_off"])
    with transaction() as session:
        administration.switch_on(session, asel().id, None)
    assert thief.get("/desk/").status_code == 303, "the old cookie stays dead"


@pytest.mark.parametrize(
    ("ages", "reason"),
    [({"used_at": timedelta(hours=12)}, "idle"), ({"created_at": timedelta(days=30)}, "lifetime")],
)
def test_point_52_a_session_runs_out(editor: Newsroom, ages: dict[str, timedelta], reason: str) -> None:
    with transaction() as session:
        session.execute(update(LoginSession).values({name: func.now() - age for name, age in ages.items()}))
    assert is_out(editor, SESSION_ENDED[reason])


def test_point_52_a_forgotten_tab_does_not_keep_a_session_open(editor: Newsroom) -> None:
    def used_at() -> object:
        with transaction() as session:
            return session.query(LoginSession).one().used_at

    with transaction() as session:
        session.execute(update(LoginSession).values(used_at=func.now() - timedelta(hours=2)))
    before = used_at()
    editor.get("/desk/changes", headers={"Sec-Fetch-Dest": "empty"})
    assert used_at() == before
    editor.get("/desk/", headers={"Sec-Fetch-Dest": "document"})
    assert used_at() != before


def test_point_52_a_script_of_an_open_page_uses_up_no_sentence(editor: Newsroom) -> None:
    with transaction() as session:
        sessions.end_all(session, asel().id, "ended")
    led = editor.get("/desk/stream", headers={"Sec-Fetch-Dest": "empty"})
    assert led.status_code == 303
    assert SESSION_ENDED["ended"] not in editor.get(led.location).text
    assert is_out(editor, SESSION_ENDED["ended"])


@pytest.mark.parametrize("tokens", [False, True])
def test_point_48_a_new_password_ends_other_sessions_and_tokens_if_asked(
    app: Transom, editor: Newsroom, *, tokens: bool
) -> None:
    other, program = second_browser(app), Program(app.test_client(), token_of(asel(), "read"))
    form = {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    assert "End my API tokens too" in editor.get("/change").text
    assert editor.post("/change", **form, **({END_TOKENS: "y"} if tokens else {})).status_code == 302
    assert editor.get("/desk/").status_code == 200
    assert is_out(other, SESSION_ENDED["password"])
    assert program.get("/api/v1/desk/editors").status_code == (401 if tokens else 200)
    with transaction() as session:
        assert session.query(Token).one().revoked_at is None or tokens
    assert OWN_NOTICES["account_password"] in editor.get("/desk/").text


def test_her_own_sessions_on_the_account_page(app: Transom, editor: Newsroom) -> None:
    other, third = second_browser(app), second_browser(app)
    page = editor.get("/account").text
    assert len(re.findall(r"Last used in the past (?:hour|2 hours)<", page)) == 3
    assert page.count("This browser") == 1
    with other.client.session_transaction() as cookie:
        number = cookie["login"]
    assert editor.post(f"/account/sessions/{number}/ends").status_code == 303
    assert is_out(other, SESSION_ENDED["ended"])
    assert third.get("/desk/").status_code == 200
    assert editor.post(f"/account/sessions/{number}/ends").status_code == 404
    assert editor.post("/account/session-ends").status_code == 303
    assert is_out(third, SESSION_ENDED["ended"])
    assert "All your other sessions are ended." in editor.get("/account").text


def test_nobody_ends_a_session_of_others(app: Transom, editor: Newsroom, other_editor: Newsroom) -> None:
    with editor.client.session_transaction() as cookie:
        number = cookie["login"]
    assert other_editor.post(f"/account/sessions/{number}/ends").status_code == 404
    assert editor.get("/desk/").status_code == 200


def test_an_admin_without_the_desk_reads_news_about_her_account(admin: Newsroom) -> None:
    other = join("Noor", "admin")
    with transaction() as session:
        daniel = session.query(Editor).filter_by(email="daniel@transom.example").one()
        administration.change_roles(session, daniel.id, ["admin", "editor"], other)
        administration.change_roles(session, daniel.id, ["admin"], other)
    page = " ".join(admin.get("/account").text.split())
    assert page.count("Your roles were changed.") == 2
    assert "Done by <bdi>Noor</bdi>" in page
    last = re.findall(r'name="last" value="(\d+)"', page)[0]
    assert admin.post("/account/notices/read", last=last).status_code == 303
    assert "Your roles were changed." not in admin.get("/account").text


def test_04_switching_off_shuts_every_way_in(app: Transom, editor: Newsroom) -> None:
    """Test password, password with code, mailed link, and a login that waits for its second step."""
    phone, half, other = set_up_app(asel().id), Newsroom(app.test_client()), Newsroom(app.test_client())
    assert half.log_in(ASEL).location == "/login/second-step"
    with transaction() as session:
        login_links.ask_link(session, ASEL)
        link = session.query(LoginLink).one().token
        administration.switch_off(session, asel().id, None)
    assert editor.get("/desk/").status_code == 303
    assert half.post("/login/second-step", code=phone.code()).location == "/login"
    assert other.log_in(ASEL).status_code == 422
    assert other.log_in(ASEL, code=phone.code()).status_code == 422
    assert other.get(f"/login/links/{link}").status_code == 404
    with transaction() as session:
        assert session.query(LoginSession).filter(LoginSession.ended_at.is_(None)).count() == 0


@pytest.mark.parametrize("how", ["sessions", "password", "reset", "factor"])
def test_every_way_of_logging_in_begins_a_session_that_can_be_ended(
    app: Transom, editor: Newsroom, how: str
) -> None:
    phone = set_up_app(asel().id)
    stepwise, at_once = Newsroom(app.test_client()), Newsroom(app.test_client())
    stepwise.log_in(ASEL)
    assert stepwise.post("/login/second-step", code=phone.code()).status_code == 303
    assert at_once.log_in(ASEL, code=phone.code()).status_code == 302
    browsers = (editor, stepwise, at_once)
    assert [browser.get("/desk/").status_code for browser in browsers] == [200] * 3
    with transaction() as session:
        assert (
            len(sessions.sessions(session, asel().id, sessions.SessionLimits.of(app.extensions["settings"])))
            == 3
        )
        if how == "sessions":
            administration.end_sessions(session, asel().id, None)
        elif how == "password":
            invitations.set_password(session, session.get_one(Editor, asel().id), "hash")
        elif how == "reset":
            resets.reset_password_at_once(session, asel().id)
        else:
            resets.reset_factor(session, asel().id, None)
    assert [browser.get("/desk/").status_code for browser in browsers] == [303] * 3
