import re
from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import text

from intake.accounts.login_throttle import ATTEMPTS
from intake.db import transaction
from intake.web import Transom, create_app
from tests.web.conftest import HTTPS, add_account
from tests.web.people import PASSWORD, Newsroom, value

ASEL = "asel@transom.example"
NEW = "four new words here"


@pytest.fixture
def attacker(app: Transom) -> Newsroom:
    """Attacker who knows the editors' addresses and guesses passwords."""
    add_account(app, "asel", "editor")
    return Newsroom(app.test_client())


def guess(attacker: Newsroom, times: int, email: str = ASEL) -> list[int]:
    return [attacker.log_in(email, f"wrong {number}").status_code for number in range(times)]


def test_after_ten_guesses_even_the_right_word_has_to_wait(attacker: Newsroom) -> None:
    assert guess(attacker, ATTEMPTS + 1) == [422] * ATTEMPTS + [429]
    refused = attacker.log_in(ASEL, PASSWORD)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "30"
    assert "The next attempt is possible in 30 seconds." in refused.text


def test_it_does_not_tell_whether_there_is_such_an_account(attacker: Newsroom) -> None:
    pages = set()
    for email in (ASEL, "nobody@transom.example"):
        assert guess(attacker, ATTEMPTS + 1, email)[-1] == 429
        page = attacker.log_in(email).text.replace(email, "")
        pages.add(re.sub(r'name="csrf_token" [^>]+>', "", page))
    assert len(pages) == 1


@pytest.mark.parametrize(
    "spelling",
    [
        "ASEL@transom.example",
        " asel@transom.example ",
        "asel@TRANSOM.EXAMPLE",
        "asel@transom\u3002example",
        "asel@ｔransom.example",
    ],
)
def test_another_spelling_is_the_same_account(attacker: Newsroom, spelling: str) -> None:
    guess(attacker, ATTEMPTS)
    assert attacker.log_in(spelling).status_code == 429


def test_new_browsers_and_new_processes_change_nothing(app: Transom, attacker: Newsroom) -> None:
    """Test that the limit holds for new addresses over Tor and across web processes."""
    guess(attacker, ATTEMPTS)
    assert Newsroom(app.test_client()).log_in(ASEL).status_code == 429
    assert Newsroom(create_app(app.extensions["settings"]).test_client()).log_in(ASEL).status_code == 429


def test_others_are_not_concerned(app: Transom, attacker: Newsroom) -> None:
    add_account(app, "tomas", "editor")
    guess(attacker, ATTEMPTS + 1)
    assert attacker.log_in("tomas@transom.example").status_code == 302


def test_the_right_word_in_time_is_forgiven(app: Transom, attacker: Newsroom) -> None:
    guess(attacker, ATTEMPTS - 1)
    assert attacker.log_in(ASEL).status_code == 302
    assert guess(Newsroom(app.test_client()), ATTEMPTS) == [422] * ATTEMPTS


def test_a_browser_that_knows_the_way_cannot_be_locked_out(app: Transom, attacker: Newsroom) -> None:
    editor = Newsroom(app.test_client())
    editor.log_in(ASEL)
    editor.post("/logout")
    guess(attacker, ATTEMPTS + 1)
    assert editor.log_in(ASEL).status_code == 302


def test_such_a_browser_has_ten_guesses_itself(app: Transom, attacker: Newsroom) -> None:
    attacker.log_in(ASEL)
    attacker.post("/logout")
    assert guess(attacker, ATTEMPTS + 1)[-1] == 429
    assert Newsroom(app.test_client()).log_in(ASEL).status_code == 302


def test_it_knows_the_way_to_one_account_only(app: Transom, attacker: Newsroom) -> None:
    add_account(app, "tomas", "editor")
    attacker.log_in(ASEL)
    attacker.post("/logout")
    guess(attacker, ATTEMPTS, "tomas@transom.example")
    assert Newsroom(app.test_client()).log_in("tomas@transom.example").status_code == 429


@pytest.mark.parametrize("forged", ["", "x", "a.b", "\ud83d", "x" * 4000])
def test_a_forged_cookie_is_none(attacker: Newsroom, forged: str) -> None:
    attacker.client.set_cookie("transom-known", forged.encode("utf-8", "replace").decode())
    assert guess(attacker, ATTEMPTS + 1)[-1] == 429


def test_the_cookie_says_nothing_to_who_finds_it(made: Callable[..., Transom]) -> None:
    app = made(public_url=HTTPS)
    add_account(app, "asel", "editor")
    client = app.test_client()
    token = value(client.get("/login", base_url=HTTPS).text, "csrf_token")
    answer = client.post(
        "/login", base_url=HTTPS, data={"csrf_token": token, "email": ASEL, "password": PASSWORD}
    )
    (header,) = [one for one in answer.headers.getlist("Set-Cookie") if "-known=" in one]
    ((name, morsel),) = SimpleCookie(header).items()
    assert name == "__Host-transom-known"
    assert morsel["secure"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Strict"
    assert morsel["path"] == "/"
    _, (mark, name) = URLSafeSerializer("any").loads_unsafe(morsel.value)
    assert (len(mark), len(name)) == (64, 32)


def test_the_old_password_cannot_be_guessed_at_an_open_session(editor: Newsroom) -> None:
    codes = [
        editor.post("/change", password=f"wrong {i}", new_password=NEW, new_password_confirm=NEW).status_code
        for i in range(ATTEMPTS + 1)
    ]
    assert codes == [422] * ATTEMPTS + [429]
    right = editor.post("/change", password=PASSWORD, new_password=NEW, new_password_confirm=NEW)
    assert right.status_code == 429
    assert editor.get("/desk/").status_code == 200


def test_no_address_is_kept(attacker: Newsroom) -> None:
    guess(attacker, 2)
    guess(attacker, 2, "nobody@transom.example")
    with transaction() as session:
        rows = session.execute(text("SELECT l::text, encode(key, 'escape') FROM login_attempts l")).all()
    assert len(rows) == 2
    assert "transom" not in str(rows)
