"""Mailed links for people whose login is slowed down by strangers' guesses (point 51)."""

from collections.abc import Callable

from intake.accounts import login_links
from intake.db import transaction
from intake.models import LoginLink
from intake.web import Transom
from tests.web.conftest import add_account
from tests.web.people import Newsroom

ASEL = "asel@transom.example"


def slow_down(app: Transom) -> None:
    stranger = Newsroom(app.test_client())
    for number in range(12):
        stranger.log_in(ASEL, f"wrong {number}")


def test_51_with_the_link_the_person_gets_in_at_once(app: Transom, anonymous: Newsroom) -> None:
    add_account(app, "asel", "editor")
    slow_down(app)
    with transaction() as session:
        login_links.ask_link(session, ASEL)
        token = session.query(LoginLink).one().token
    assert anonymous.log_in(ASEL).status_code == 429
    assert anonymous.get(f"/login/links/{token}").location == "/login"
    assert "You can log in here now." in anonymous.get("/login").text
    assert anonymous.get("/desk/").status_code == 303, "the link alone does not log in"
    assert anonymous.log_in(ASEL).status_code == 302


def test_51_one_link_gives_ten_attempts_however_many_browsers_open_it(app: Transom) -> None:
    add_account(app, "asel", "editor")
    slow_down(app)
    with transaction() as session:
        login_links.ask_link(session, ASEL)
        token = session.query(LoginLink).one().token
    codes = []
    for number in range(12):
        browser = Newsroom(app.test_client())
        browser.get(f"/login/links/{token}")
        codes.append(browser.log_in(ASEL, f"wrong {number}").status_code)
    assert codes == [422] * 10 + [429] * 2


def test_the_answer_does_not_tell_whether_there_is_such_an_account(made: Callable[..., Transom]) -> None:
    app = made(smtp_url="smtp://127.0.0.1:1")
    add_account(app, "asel", "editor")
    pages = set()
    for email in (ASEL, "nobody@transom.example", "", "x" * 5000):
        somebody = Newsroom(app.test_client())
        assert somebody.post("/login/links", email=email).location == "/login"
        page = somebody.get("/login").text
        pages.add("".join(line for line in page.splitlines() if "csrf" not in line))
    assert len(pages) == 1
    assert "a mail with a link is on its way" in pages.pop()


def test_the_link_is_offered_where_mail_is_sent(app: Transom, made: Callable[..., Transom]) -> None:
    assert "Send me a link" not in offered(app)
    assert "Send me a link" in offered(made(smtp_url="smtp://127.0.0.1:1"))
    assert "Send me a link" in offered(made(mail_elsewhere="/etc/transom/smtp-url"))
    assert Newsroom(app.test_client()).post("/login/links", email=ASEL).status_code == 404


def offered(app: Transom) -> str:
    slow_down(app)
    return Newsroom(app.test_client()).log_in(ASEL).text


def test_a_forged_link_is_none(anonymous: Newsroom) -> None:
    for token in ("x", "x" * 3000, "%00"):
        answer = anonymous.get(f"/login/links/{token}")
        assert answer.status_code == 404
        assert "This link no longer works" in answer.text
