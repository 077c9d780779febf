"""A fresh login is required for the actions that would do most harm in an unattended browser."""

import time
from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.models import Editor, Token
from intake.web import Transom
from tests.accounts.factors_of import set_up_app
from tests.web.conftest import count
from tests.web.people import PASSWORD, Newsroom, value

TOKEN = {"name": "My program", "scopes": "read", "days": "90"}


@pytest.fixture
def stale(editor: Newsroom) -> Newsroom:
    """Editor who logged in eleven minutes ago."""
    minutes_pass(editor, 11)
    return editor


def minutes_pass(somebody: Newsroom, minutes: int) -> None:
    somebody.token()
    with somebody.client.session_transaction(path="/login") as session:
        session["fs_paa"] = time.time() - 60 * minutes


def test_what_asks_for_a_fresh_login(app: Transom) -> None:
    asking = {name for name, view in app.view_functions.items() if hasattr(view, "needs_fresh_login")}
    assert asking == {
        *(f"admin.{name}" for name in ("invite", "change_limits", "change_roles", "new_link", "switch_off", "delete")),
        "admin.agree_reset", "admin.ask_reset", "admin.finish_reset", "admin.make_token",
        *(f"admin.{name}" for name in ("answer_step", "logo", "remove_logo", "restore_version", "save_logo", "save_settings", "test_mail")),
        "desk.export", "desk.make_link", "desk.make_token", "desk.make_originals_key", "admin.name_holder",
        *(f"factors.{name}" for name in ("new_app", "add_app", "new_passkey", "add_passkey")),
        *(f"factors.{name}" for name in ("remove_app", "remove_passkey", "make_codes")),
        *(f"factors.openid_{name}" for name in ("link", "unlink")),
        "admin.unlink",
    }  # fmt: skip


def test_nine_minutes_are_fresh(editor: Newsroom) -> None:
    minutes_pass(editor, 9)
    assert "Copy this token now" in editor.post("/desk/tokens", **TOKEN).text


def test_what_was_filled_in_is_kept_and_done_after_the_password(stale: Newsroom) -> None:
    asked = stale.post("/desk/tokens", **TOKEN)
    assert asked.status_code == 403
    assert "Is it you?" in asked.text
    assert count(Token) == 0
    kept = {name: value(asked.text, name) for name in (*TOKEN, "confirm-asked")}
    assert kept == {**TOKEN, "confirm-asked": "y"}
    wrong = stale.post("/desk/tokens", **kept, **{"confirm-password": "wrong"})
    assert wrong.status_code == 422
    assert "The password is wrong." in wrong.text
    assert value(wrong.text, "name") == "My program"
    assert count(Token) == 0
    assert "Copy this token now" in stale.post("/desk/tokens", **kept, **{"confirm-password": PASSWORD}).text
    assert count(Token) == 1


def test_afterwards_it_is_fresh_for_ten_minutes(stale: Newsroom) -> None:
    stale.post("/desk/tokens", **TOKEN, **{"confirm-asked": "y", "confirm-password": PASSWORD})
    assert "Copy this token now" in stale.post("/desk/tokens", **TOKEN).text


def test_a_page_comes_after_the_password(stale: Newsroom) -> None:
    asked = stale.get("/account/factors/app?x=1")
    assert asked.status_code == 403
    assert "Is it you?" in asked.text
    action = "/account/confirmations?next=/account/factors/app?x%3D1"
    assert f'action="{action}"' in asked.text
    assert stale.post(action, **{"confirm-asked": "y", "confirm-password": "wrong"}).status_code == 422
    led = stale.post(action, **{"confirm-asked": "y", "confirm-password": PASSWORD})
    assert (led.status_code, led.location) == (303, "/account/factors/app?x=1")
    assert stale.get(led.location).status_code == 200


def test_it_leads_to_no_other_site(stale: Newsroom) -> None:
    given = {"confirm-asked": "y", "confirm-password": PASSWORD}
    assert stale.post("/account/confirmations?next=//evil.example", **given).location == "/start"


def test_a_code_does_too(stale: Newsroom) -> None:
    with transaction() as session:
        phone = set_up_app(session.query(Editor).one().id)
    assert (
        stale.post("/desk/tokens", **TOKEN, **{"confirm-asked": "y", "confirm-code": "000000"}).status_code
        == 422
    )
    given = {"confirm-asked": "y", "confirm-code": phone.code()}
    assert "Copy this token now" in stale.post("/desk/tokens", **TOKEN, **given).text


def test_a_whole_submission_leaves_after_the_password(stale: Newsroom, submitted: Callable[..., str]) -> None:
    assert "Is it you?" in stale.get(f"{submitted()}/export.zip").text


def test_passwords_cannot_be_guessed_there(stale: Newsroom) -> None:
    wrong = {"confirm-asked": "y", "confirm-password": "wrong"}
    codes = [stale.post("/desk/tokens", **TOKEN, **wrong).status_code for _ in range(12)]
    assert codes == [422] * 10 + [429] * 2
    right = {"confirm-asked": "y", "confirm-password": PASSWORD}
    assert stale.post("/desk/tokens", **TOKEN, **right).status_code == 429


def test_nothing_given_is_not_counted(stale: Newsroom) -> None:
    empty = stale.post("/desk/tokens", **TOKEN, **{"confirm-asked": "y"})
    assert empty.status_code == 422
    assert "Please give your password or a code." in empty.text
