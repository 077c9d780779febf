"""OpenID: link an account, accept an invitation, confirm a login, and remove a link."""

import time
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from intake.accounts import invitations, resets, sessions
from intake.accounts.openid import links
from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from intake.web.fresh import PROVED_AT
from tests.accounts.factors_of import notices, set_up_app
from tests.openid_provider import CLIENT, SECRET, OpenIDProvider
from tests.web.conftest import add_account
from tests.web.login.openid.conftest import NAME, leave, linked
from tests.web.people import PASSWORD, Newsroom

ASEL = "asel@transom.example"


@pytest.fixture
def inside(desk: Transom) -> Newsroom:
    """Logged-in browser of an account without a link."""
    add_account(desk, "asel", "editor")
    browser = Newsroom(desk.test_client())
    browser.log_in(ASEL)
    return browser


def sent_on(answer: Any) -> str:
    """Return the provider's URL from a page that leads there by a Refresh header instead of a redirect."""
    assert answer.status_code == 200, answer.text
    assert "Location" not in answer.headers
    seconds, _, address = answer.headers["Refresh"].partition(";url=")
    assert seconds == "0"
    assert f'href="{address}"' in unescape(answer.text)
    return str(address)


def age(browser: Newsroom, seconds: float = 3600) -> None:
    """Make the session's last proof of password or factor `seconds` old."""
    with browser.client.session_transaction("/login") as cookie:
        cookie[PROVED_AT] = time.time() - seconds


def link_exists(editor_id: int) -> bool:
    with transaction() as session:
        return links.link_of(session, editor_id) is not None


def test_a_person_links_their_account_and_logs_in_by_it(
    desk: Transom, inside: Newsroom, provider: OpenIDProvider
) -> None:
    assert f"Link to {NAME}" in inside.get("/account").text
    back = provider.approve(sent_on(inside.post("/account/openid")))
    assert inside.get(back).location == "/account"
    page = inside.get("/account").text
    assert f"You can log in with {NAME} now" in page
    assert "Your account is linked" in page
    assert notices(1) == ["openid_linked"]
    other = Newsroom(desk.test_client())
    other.get(provider.approve(leave(other)))
    assert other.get("/desk/").status_code == 200


def test_linking_needs_a_fresh_login(inside: Newsroom, provider: OpenIDProvider) -> None:
    age(inside)
    answer = inside.post("/account/openid")
    assert answer.status_code == 403
    assert "Is it you?" in answer.text
    assert sent_on(inside.post("/account/openid", **{"confirm-asked": "y", "confirm-password": PASSWORD}))


def test_an_account_is_not_linked_after_its_session_has_ended(
    inside: Newsroom, provider: OpenIDProvider
) -> None:
    back = provider.approve(sent_on(inside.post("/account/openid")))
    with transaction() as session:
        sessions.end_all(session, 1, "ended")
    answer = inside.get(back)
    assert (answer.status_code, "You are no longer logged in here" in answer.text) == (403, True)
    assert not link_exists(1)


def test_a_person_is_linked_to_one_account_only(
    desk: Transom, inside: Newsroom, provider: OpenIDProvider
) -> None:
    linked(desk, provider, "berik")
    answer = inside.get(provider.approve(sent_on(inside.post("/account/openid"))))
    assert answer.status_code == 409
    assert "linked to another account" in answer.text
    assert not link_exists(1)


def test_an_invitation_is_accepted_without_a_password(
    desk: Transom, browser: Newsroom, provider: OpenIDProvider
) -> None:
    asel = add_account(desk, "asel", "editor", password=None)
    with transaction() as session:
        token = invitations.invitation_token(session.get_one(Editor, asel))
    assert f"Go on with {NAME}" in browser.get(f"/welcome/{token}").text
    begun = browser.get(f"/welcome/{token}/openid")
    answer = browser.get(provider.approve(str(begun.location)))
    assert (answer.status_code, answer.location) == (303, "/start")
    assert browser.get("/desk/").status_code == 200
    assert "You have none. If you need one" in browser.get("/account").text
    with transaction() as session:
        assert session.get_one(Editor, asel).password is not None
    spent = browser.get(f"/welcome/{token}/openid")
    assert spent.status_code == 404
    assert "This invitation no longer works" in spent.text


def test_an_invitation_that_ends_on_the_way_back_links_nothing(
    desk: Transom, browser: Newsroom, provider: OpenIDProvider
) -> None:
    asel = add_account(desk, "asel", "editor", password=None)
    with transaction() as session:
        token = invitations.invitation_token(session.get_one(Editor, asel))
    back = provider.approve(str(browser.get(f"/welcome/{token}/openid").location))
    with transaction() as session:
        session.get_one(Editor, asel).fs_uniquifier = "another"
    assert browser.get(back).status_code == 404
    assert not link_exists(asel)


def test_an_invitation_stays_if_the_person_is_linked_to_another_account(
    desk: Transom, asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    berik = add_account(desk, "berik", "editor", password=None)
    with transaction() as session:
        token = invitations.invitation_token(session.get_one(Editor, berik))
    answer = browser.get(provider.approve(str(browser.get(f"/welcome/{token}/openid").location)))
    assert answer.status_code == 409
    assert f"/welcome/{token}" in answer.text
    assert browser.get(f"/welcome/{token}").status_code == 200
    assert not link_exists(berik)


def log_in(browser: Newsroom, provider: OpenIDProvider, **claims: Any) -> None:
    browser.get(provider.approve(leave(browser), **claims))


def test_a_page_that_needs_a_fresh_login_is_reached_by_the_provider(
    asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    log_in(browser, provider)
    age(browser)
    page = browser.get("/account/factors/app")
    assert f"Confirm with {NAME}" in page.text
    assert "new tab" not in page.text
    address = sent_on(browser.post("/account/openid/confirmation", next="/account/factors/app", where=""))
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert browser.get(provider.approve(address)).location == "/account/factors/app"
    assert browser.get("/account/factors/app").status_code == 200


def test_a_form_is_kept_while_the_person_confirms_in_another_tab(
    asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    log_in(browser, provider)
    age(browser)
    page = browser.post("/account/openid/removal", remark="kept")
    assert 'name="remark" value="kept"' in page.text
    assert 'target="_blank"' in page.text
    address = sent_on(browser.post("/account/openid/confirmation", next="", where="tab"))
    answer = browser.get(provider.approve(address))
    assert (answer.status_code, "Close this tab" in answer.text) == (200, True)
    assert browser.post("/account/openid/removal", **{"confirm-asked": "y"}).location == "/account"
    assert not link_exists(asel)


NOT_CONFIRMED: dict[str, dict[str, Any]] = {
    "no auth_time": {"auth_time": None},
    "old auth_time": {"auth_time": 1000},
    "auth_time that is a text": {"auth_time": "now"},
    "auth_time that is no number": {"auth_time": float("nan")},
    "later auth_time": {"auth_time": 9e12},
}


@pytest.mark.parametrize("claims", NOT_CONFIRMED.values(), ids=NOT_CONFIRMED)
def test_a_provider_that_did_not_ask_confirms_nothing(
    asel: int, browser: Newsroom, provider: OpenIDProvider, claims: dict[str, Any]
) -> None:
    log_in(browser, provider)
    age(browser)
    address = sent_on(browser.post("/account/openid/confirmation", next="/account/factors/app"))
    answer = browser.get(provider.approve(address, **claims))
    assert answer.status_code in {403, 502}
    assert browser.get("/account/factors/app").status_code == 403


def test_another_person_confirms_nothing(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    log_in(browser, provider)
    age(browser)
    address = sent_on(browser.post("/account/openid/confirmation", next="/account/factors/app"))
    answer = browser.get(provider.approve(address, subject="another"))
    assert (answer.status_code, "That was somebody else" in answer.text) == (403, True)
    assert browser.get("/account/factors/app").status_code == 403


def test_an_account_without_a_link_cannot_confirm_by_the_provider(inside: Newsroom) -> None:
    age(inside)
    assert "Confirm with" not in inside.get("/account/factors/app").text
    assert inside.post("/account/openid/confirmation", next="/account").status_code == 404


def test_a_link_is_removed(asel: int, desk: Transom, browser: Newsroom, provider: OpenIDProvider) -> None:
    elsewhere = Newsroom(desk.test_client())
    log_in(elsewhere, provider)
    log_in(browser, provider)
    assert browser.post("/account/openid/removal").location == "/account"
    assert notices(asel) == ["openid_linked", "openid_unlinked"]
    # All other sessions end, because somebody else may have begun them through the provider.
    assert browser.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 303
    other = Newsroom(desk.test_client())
    assert other.get(provider.approve(leave(other))).status_code == 403
    assert browser.post("/account/openid/removal").status_code == 404


def test_the_only_way_in_is_not_removed(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    make_passwordless(asel)
    log_in(browser, provider)
    answer = browser.post("/account/openid/removal")
    assert (answer.status_code, "has no password" in answer.text) == (409, True)
    assert link_exists(asel)
    age(browser)
    assert 'type="password"' not in browser.get("/account/factors/app").text


def make_passwordless(editor_id: int) -> None:
    from intake.models import OpenIDLink

    with transaction() as session:
        session.get_one(OpenIDLink, editor_id).is_passwordless = True


def test_admins_see_and_remove_links(desk: Transom, asel: int) -> None:
    add_account(desk, "zhanna", "admin")
    admin = Newsroom(desk.test_client())
    admin.log_in("zhanna@transom.example")
    assert f"Logs in with {NAME}" in admin.get("/admin/people").text
    assert f"Logs in with {NAME}" in admin.get(f"/admin/people/{asel}").text
    make_passwordless(asel)
    refused = admin.post(f"/admin/people/{asel}/openid-removal")
    assert (refused.status_code, "Reset the password instead" in refused.text) == (409, True)
    with transaction() as session:
        resets.reset_password_at_once(session, asel)
    assert not link_exists(asel)


def test_an_admin_removes_a_link(desk: Transom, asel: int) -> None:
    add_account(desk, "zhanna", "admin")
    admin = Newsroom(desk.test_client())
    admin.log_in("zhanna@transom.example")
    assert admin.post(f"/admin/people/{asel}/openid-removal").location == f"/admin/people/{asel}"
    assert "Logs in with" not in admin.get("/admin/people").text
    assert notices(asel) == ["openid_linked", "openid_unlinked"]


def test_a_link_to_an_earlier_provider_logs_nobody_in(
    desk: Transom, made: Callable[..., Transom], inside: Newsroom, provider: OpenIDProvider
) -> None:
    inside.get(provider.approve(sent_on(inside.post("/account/openid"))))
    moved = Newsroom(made(oidc_issuer="", oidc_client_id="").test_client())
    moved.log_in(ASEL)
    assert "a provider that this desk does not use any more" in moved.get("/account").text
    assert moved.post("/account/openid/removal").status_code == 303


def test_the_callback_belongs_to_the_desk(made: Callable[..., Transom], provider: OpenIDProvider) -> None:
    app = made(
        oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET,
        desk_url="https://desk.example.org",
    )  # fmt: skip
    client = app.test_client()
    answer = client.get("/login/openid", base_url="https://desk.example.org")
    asked = parse_qs(urlsplit(str(answer.location)).query)
    assert asked["redirect_uri"] == ["https://desk.example.org/login/openid/callback"]
    for path in ("/login/openid", "/login/openid/callback"):
        assert client.get(path, base_url="https://send.example.org").status_code == 404


def test_a_second_factor_set_up_here_stays_after_linking(
    inside: Newsroom, desk: Transom, provider: OpenIDProvider
) -> None:
    inside.get(provider.approve(sent_on(inside.post("/account/openid"))))
    set_up_app(1)
    other = Newsroom(desk.test_client())
    answer = other.get(provider.approve(leave(other)))
    assert urlsplit(str(answer.location)).path == "/login/second-step"
