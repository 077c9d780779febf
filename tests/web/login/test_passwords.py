import os
from collections.abc import Iterator

import pytest

from intake.accounts import hashing, invitations, passwords
from intake.accounts.hashing import SharedPlaces
from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from intake.web.login.passwords import BUSY, PlacedContext
from tests.web.conftest import add_account
from tests.web.people import PASSWORD, Newsroom

ASEL = "asel@transom.example"
NEW = "four new words here"


@pytest.fixture
def full(app: Transom, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take all places for hashing, as other processes do."""
    there = hashing.hashing()
    here = SharedPlaces(there._folder, there._places, wait_seconds=0, queue=1)
    monkeypatch.setattr("intake.web.login.passwords.hashing", lambda: here)
    taken = [there._take() for _ in range(there._places)]
    yield
    for file in taken:
        os.close(file)
        there._here.release()


def invited(app: Transom) -> str:
    number = add_account(app, "tomas", "editor", password=None)
    with transaction() as session:
        return f"/welcome/{invitations.invitation_token(session.get_one(Editor, number))}"


@pytest.mark.usefixtures("full")
def test_point_44_a_full_login_keeps_the_form_and_says_when(app: Transom, anonymous: Newsroom) -> None:
    answer = anonymous.post("/login", email="asel@transom.example", password=PASSWORD)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert BUSY in answer.text
    assert 'value="asel@transom.example"' in answer.text
    assert PASSWORD not in answer.text
    assert 'name="csrf_token"' in answer.text


def test_point_44_a_full_login_costs_no_attempt(
    app: Transom, anonymous: Newsroom, request: pytest.FixtureRequest
) -> None:
    add_account(app, "asel", "editor")
    request.getfixturevalue("full")
    for _ in range(12):
        assert anonymous.post("/login", email=ASEL, password=PASSWORD).status_code == 503


def test_point_44_other_forms_with_a_password_are_kept_too(
    app: Transom, editor: Newsroom, anonymous: Newsroom, request: pytest.FixtureRequest
) -> None:
    link = invited(app)
    request.getfixturevalue("full")
    change = {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    for somebody, url, fields in ((editor, "/change", change), (anonymous, link, {"password": NEW})):
        answer = somebody.post(url, **fields)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert BUSY in answer.text
        assert NEW not in answer.text


def test_point_44_asking_for_the_password_again_keeps_the_form_too(
    editor: Newsroom, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("intake.web.fresh.FRESH_SECONDS", 0)
    editor.token()
    request.getfixturevalue("full")
    given = {"confirm-asked": "y", "confirm-password": PASSWORD, "name": "My program"}
    for url in ("/desk/tokens", "/account/confirmations"):
        for _ in range(12):  # costs no attempt
            answer = editor.post(url, **given)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert BUSY in answer.text
        assert PASSWORD not in answer.text
    assert 'value="My program"' in editor.post("/desk/tokens", **given).text


def test_point_44_the_first_account_keeps_its_name(app: Transom, anonymous: Newsroom, full: None) -> None:
    fields = {"name": "Miriam", "email": "miriam@transom.example", "password": NEW}
    answer = anonymous.post(f"/setup/{invitations.first_admin_token()}", **fields)
    assert answer.status_code == 503
    assert 'value="Miriam"' in answer.text


def test_point_44_every_hash_takes_a_place(app: Transom) -> None:
    assert isinstance(app.extensions["security"].pwd_context, PlacedContext)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("short", passwords.TOO_SHORT % {"count": 12}),
        ("aaaaaaaaaaaa", passwords.REPEATED % {"count": 5}),
        ("password1234", passwords.COMMON),
        ("asel and the kettle", passwords.OWN_WORDS),
        ("transom and the kettle", passwords.OWN_WORDS),
    ],
)
def test_point_48_the_page_refuses_weak_passwords(editor: Newsroom, new: str, says: str) -> None:
    answer = editor.post("/change", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert answer.status_code == 422
    assert says in answer.text


def test_point_48_the_first_password_follows_the_same_rules(app: Transom, anonymous: Newsroom) -> None:
    link = invited(app)
    for new, says in (("tomas and the kettle", passwords.OWN_WORDS), ("password1234", passwords.COMMON)):
        answer = anonymous.post(link, password=new)
        assert answer.status_code == 422
        assert says in answer.text
    assert anonymous.post(link, password=NEW).status_code == 303


def test_point_48_the_first_admin_follows_the_same_rules(app: Transom, anonymous: Newsroom) -> None:
    setup = {"name": "Miriam", "email": "m@example.org", "password": "miriam and the kettle"}
    answer = anonymous.post(f"/setup/{invitations.first_admin_token()}", **setup)
    assert answer.status_code == 422
    assert passwords.OWN_WORDS in answer.text


def test_point_48_a_password_is_the_same_however_it_is_typed(app: Transom, anonymous: Newsroom) -> None:
    """The login normalizes passwords (é as one or two code points), so the hash must be of the normalized form."""
    composed, decomposed = "caf\u00e9 kettle uphill", "cafe\u0301 kettle uphill"
    assert anonymous.post(invited(app), password=composed).status_code == 303
    assert anonymous.log_in("tomas@transom.example", decomposed).status_code == 302
