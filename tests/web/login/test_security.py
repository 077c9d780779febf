from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from flask import Flask
from flask_security import hash_password, verify_password
from werkzeug.test import TestResponse

from intake.db import transaction
from intake.models import Editor
from intake.web import Transom, create_app
from intake.web.login import security
from tests.web.conftest import HTTPS, add_account
from tests.web.people import PASSWORD, Newsroom, value

NEW = "four new words here"


def cookie(answer: TestResponse) -> tuple[str, Any]:
    """Return name and morsel of the session cookie in a response."""
    (header,) = [one for one in answer.headers.getlist("Set-Cookie") if "transom=" in one]
    ((name, morsel),) = SimpleCookie(header).items()
    return name, morsel


def test_passwords_are_kept_as_argon2id(
    app_settings: object, monkeypatch: pytest.MonkeyPatch, dear_config: Callable[[], dict[str, Any]]
) -> None:
    monkeypatch.setattr(security, "_config", dear_config)
    with create_app().app_context():
        hashed = hash_password(PASSWORD)
        assert verify_password(PASSWORD, hashed)
    kind, version, cost = hashed.split("$")[1:4]
    assert (kind, version) == ("argon2id", "v=19")
    assert int(cost.split(",")[0].removeprefix("m=")) >= 19 * 1024, "OWASP asks for 19 MiB"


def test_the_cookie_behind_tls(made: Callable[..., Transom]) -> None:
    app = made(public_url=HTTPS)
    add_account(app, "asel", "editor")
    client = app.test_client()
    page = client.get("/login", base_url=HTTPS)
    data = {
        "csrf_token": value(page.text, "csrf_token"),
        "email": "asel@transom.example",
        "password": PASSWORD,
        "remember": "y",
    }
    answer = client.post("/login", base_url=HTTPS, data=data)
    assert answer.status_code == 302
    for one in (page, answer, client.get("/desk/", base_url=HTTPS)):
        name, morsel = cookie(one)
        assert name == "__Host-transom"
        assert morsel["secure"]
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert morsel["path"] == "/"
        assert not morsel["domain"]


def test_no_referer_is_wanted_since_we_forbid_browsers_to_send_one(made: Callable[..., Transom]) -> None:
    app = made(public_url=HTTPS)
    add_account(app, "asel", "editor")
    client = app.test_client()
    token = value(client.get("/login", base_url=HTTPS).text, "csrf_token")
    data = {"csrf_token": token, "email": "asel@transom.example", "password": PASSWORD}
    assert client.post("/login", base_url=HTTPS, data=data).status_code == 302


def test_without_tls_the_cookie_is_still_kept_from_scripts_and_other_sites(anonymous: Newsroom) -> None:
    name, morsel = cookie(anonymous.get("/login"))
    assert name == "transom"
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert not morsel["secure"]


@pytest.mark.parametrize("remember", [{}, {"remember": "y"}])
def test_a_session_lasts_only_where_that_was_asked_for(
    app: Transom, anonymous: Newsroom, remember: dict[str, str]
) -> None:
    add_account(app, "asel", "editor")
    _, morsel = cookie(anonymous.log_in("asel@transom.example", **remember))
    assert bool(morsel["expires"]) is bool(remember)


def stolen(app: Flask, somebody: Newsroom) -> Newsroom:
    """Return a browser with a copy of another browser's cookie."""
    thief = Newsroom(app.test_client())
    original = somebody.client.get_cookie("transom")
    assert original
    thief.client.set_cookie("transom", original.value)
    return thief


def test_a_login_changes_the_cookie(app: Transom, anonymous: Newsroom) -> None:
    add_account(app, "asel", "editor")
    anonymous.get("/login")
    planted = stolen(app, anonymous)
    anonymous.log_in("asel@transom.example")
    assert anonymous.get("/desk/").status_code == 200
    assert planted.get("/desk/").status_code == 303


@pytest.mark.parametrize("remember", [{}, {"remember": "y"}])
def test_a_copied_cookie_is_worth_nothing_after_the_logout(
    app: Transom, anonymous: Newsroom, remember: dict[str, str]
) -> None:
    add_account(app, "asel", "editor")
    anonymous.log_in("asel@transom.example", **remember)
    thief = stolen(app, anonymous)
    assert thief.get("/desk/").status_code == 200
    answer = anonymous.post("/logout")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert thief.get("/desk/").status_code == 303
    assert anonymous.get("/desk/").status_code == 303


def test_an_account_that_is_switched_off_is_out_at_once(app: Transom, editor: Newsroom) -> None:
    assert editor.get("/desk/").status_code == 200
    with transaction() as session:
        session.query(Editor).update({"active": False})
    assert editor.get("/desk/").status_code == 303


def change(somebody: Newsroom, old: str, new: str, again: str | None = None) -> TestResponse:
    again = new if again is None else again
    return somebody.post("/change", password=old, new_password=new, new_password_confirm=again)


def test_changing_the_password_ends_all_other_sessions(app: Transom, editor: Newsroom) -> None:
    thief = stolen(app, editor)
    answer = change(editor, PASSWORD, NEW)
    assert (answer.status_code, answer.location) == (302, "/start")
    assert editor.get("/desk/").status_code == 200
    assert thief.get("/desk/").status_code == 303
    assert Newsroom(app.test_client()).log_in("asel@transom.example").status_code == 422
    assert Newsroom(app.test_client()).log_in("asel@transom.example", NEW).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", NEW, NEW),
        ("", NEW, NEW),
        (PASSWORD, "short", "short"),
        (PASSWORD, NEW, "other"),
        (PASSWORD, PASSWORD, PASSWORD),
    ],
)
def test_a_password_that_is_not_changed(
    app: Transom, editor: Newsroom, old: str, new: str, again: str
) -> None:
    answer = change(editor, old, new, again)
    assert answer.status_code == 422
    assert Newsroom(app.test_client()).log_in("asel@transom.example").status_code == 302


def test_a_session_of_before_a_restart_is_good_after_it(app: Transom, editor: Newsroom) -> None:
    again = stolen(create_app(app.extensions["settings"]), editor)
    assert again.get("/desk/").status_code == 200


def test_what_was_typed_when_the_session_ended_is_not_sent_into_the_void(
    app: Transom, editor: Newsroom, submitted: Callable[..., str]
) -> None:
    """Test the advice of the page: log in in another tab, go back, send again."""
    url = submitted()
    stolen(app, editor).post("/logout")
    edit = {"version": "2", "title": "Mine", "body": "<p>My words.</p>"}
    refused = editor.post(f"{url}/revisions", **edit)
    assert refused.status_code == 403
    assert "Log in again in another tab" in refused.text
    editor.log_in("asel@transom.example")
    assert editor.post(f"{url}/revisions", **edit).status_code == 303


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"Authentication-Token": "x"}])
def test_there_is_no_way_in_but_the_cookie(app: Transom, headers: dict[str, str]) -> None:
    add_account(app, "asel", "editor")
    client = app.test_client()
    token = value(client.get("/login").text, "csrf_token")
    answer = client.post(
        "/login?include_auth_token",
        json={"email": "asel@transom.example", "password": PASSWORD},
        headers={"X-CSRFToken": token, **headers},
    )
    assert "token" not in answer.text.replace("csrf_token", "")
    assert app.test_client().get("/desk/?auth_token=x", headers=headers).status_code == 303
    basic = app.test_client().get("/desk/", auth=("asel@transom.example", PASSWORD))
    assert basic.status_code == 303


def test_pages_of_flask_security_that_nobody_needs_are_not_there(editor: Newsroom) -> None:
    for url in (
        "verify",
        "fs-static/x",
        "reset",
        "register",
        "confirm",
        "tf-setup",
        "us-signin",
        "logout/other",
    ):
        assert editor.get(f"/{url}").status_code == 404, url


def test_a_stylesheet_asks_nobody_who_is_there(
    editor: Newsroom, app: Transom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    datastore = app.extensions["datastore"]
    find_user = datastore.find_user

    def ask(**by: str) -> Any:
        asked.append(set(by))
        return find_user(**by)

    monkeypatch.setattr(datastore, "find_user", ask)
    for url in (
        "/static/css/base.css",
        "/",
        "/safety",
        "/receipt",
        "/healthz/live",
        "/api/v1/openapi.json",
        "/nowhere",
    ):
        editor.client.get(url, buffered=True)
    assert asked == []
    editor.get("/desk/")
    assert asked == [{"fs_uniquifier"}]
