"""Login with valid and with refused credentials."""

import logging
from urllib.parse import urljoin, urlsplit

import pytest

from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from tests.web.conftest import add_account
from tests.web.people import PASSWORD, Newsroom, value


def account(email: str) -> Editor:
    with transaction() as session:
        return session.query(Editor).filter_by(email=email).one()


def test_logging_in_leads_to_the_queue(app: Transom, anonymous: Newsroom) -> None:
    add_account(app, "asel", "editor")
    before = account("asel@transom.example").last_login_at
    answer = anonymous.log_in("asel@transom.example")
    assert (answer.status_code, answer.location) == (302, "/start")
    start = anonymous.get("/start")
    assert (start.status_code, start.location) == (303, "/desk/")
    assert anonymous.get("/desk/").status_code == 200
    assert before is None
    assert account("asel@transom.example").last_login_at is not None


def test_the_address_in_any_case(app: Transom, anonymous: Newsroom) -> None:
    add_account(app, "asel", "editor")
    assert anonymous.log_in("ASEL@transom.example").status_code == 302


def test_who_is_logged_in_is_led_on(editor: Newsroom) -> None:
    assert editor.get("/login").status_code == 302


def without_what_was_typed(page: str, email: str) -> str:
    return page.replace(email, "").replace(value(page, "csrf_token"), "")


def test_a_refusal_does_not_tell_whether_there_is_such_an_account(app: Transom) -> None:
    """Test a wrong password, an unknown or missing address, and accounts that are disabled or without a password."""
    add_account(app, "asel", "editor")
    add_account(app, "invited", "editor", password=None)
    switched_off = add_account(app, "gone", "editor")
    with transaction() as session:
        session.get_one(Editor, switched_off).active = False
    pages = set()
    for email, password in (
        ("asel@transom.example", "wrong"), ("nobody@transom.example", "wrong"), ("invited@transom.example", "wrong"),
        ("invited@transom.example", ""), ("gone@transom.example", PASSWORD), ("gone@transom.example", "wrong"),
        ("asel@transom.example", ""), ("nobody@transom.example", ""),
    ):  # fmt: skip
        answer = Newsroom(app.test_client()).log_in(email, password)
        assert answer.status_code == 422, email
        pages.add(answer.text.replace(email, "").replace(value(answer.text, "csrf_token"), ""))
    (page,) = pages
    assert "You could not be logged in" in page


@pytest.mark.parametrize(
    "email", ["", "not an address", "a\0b@example.org", "\u202e@example.org", "x" * 5000]
)
def test_what_is_no_address_is_refused_in_the_same_words(anonymous: Newsroom, email: str) -> None:
    answer = anonymous.log_in(email, "wrong")
    assert answer.status_code == 422
    assert "You could not be logged in" in answer.text


def test_nothing_that_was_typed_at_the_login_is_logged(
    app: Transom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    add_account(app, "asel", "editor")
    for password in ("wrong password", PASSWORD):
        Newsroom(app.test_client()).log_in("asel@transom.example", password)
    for secret in ("asel", "wrong password", PASSWORD, "127.0.0.1"):
        assert secret not in caplog.text


def test_a_login_leads_to_no_other_site(app: Transom) -> None:
    add_account(app, "asel", "editor")
    for target in (
        "//evil.example", "https://evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "javascript:alert(1)", "https:evil.example", "/%09/evil.example", "http://localhost@evil.example/",
        "\t//evil.example",
    ):  # fmt: skip
        answer = Newsroom(app.test_client()).log_in("asel@transom.example", next=target)
        if answer.status_code == 302:
            here = urljoin("http://here/login", answer.location.replace("\\", "/"))
            assert urlsplit(here).netloc == "here", target
        else:
            assert answer.status_code == 422, target


def test_after_the_login_one_is_where_one_wanted_to_be(app: Transom, anonymous: Newsroom) -> None:
    add_account(app, "asel", "editor")
    led = anonymous.get("/desk/?status=all&order=oldest")
    assert led.status_code == 303
    page = anonymous.get(led.location)
    assert "Please log in first." in page.text
    wanted = value(page.text, "next").replace("&amp;", "&")
    assert anonymous.log_in("asel@transom.example", next=wanted).location == "/desk/?status=all&order=oldest"
