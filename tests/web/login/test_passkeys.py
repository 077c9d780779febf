"""Passkeys in Chromium with a virtual authenticator (points 47, 51 and 67)."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from intake.accounts import administration, sessions
from intake.accounts.factors import changes
from intake.db import transaction
from intake.models import Passkey
from intake.web import Transom
from tests.accounts.factors_of import App, notices, set_up_app
from tests.post_office import closed_port
from tests.web.conftest import add_account
from tests.web.people import PASSWORD, Newsroom

ASEL = "asel@transom.example"


class Quiet(WSGIRequestHandler):
    """Request handler that logs nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - a name of Werkzeug
        pass


def at_once(app: Transom) -> Callable[[dict[str, Any], Any], list[bytes]]:
    """Wrap the application: no streaming, because a server in a thread could not shut down with open streams."""

    def answer(environ: dict[str, Any], start: Any) -> list[bytes]:
        if environ["PATH_INFO"].endswith("/stream"):
            start("503 Service Unavailable", [])
            return []
        parts = app(environ, start)
        try:
            return [b"".join(parts)]
        finally:
            parts.close()  # type: ignore[attr-defined]

    return answer


@dataclass
class Desk:
    """Application at a host name instead of an IP address, which browsers require for passkeys."""

    app: Transom
    url: str
    editor_id: int


@pytest.fixture
def desk(made: Callable[..., Transom]) -> Iterator[Desk]:
    """Application that is served at localhost, with one editor."""
    port = closed_port()
    url = f"http://localhost:{port}"
    app = made(public_url=url)
    server = make_server("127.0.0.1", port, at_once(app), threaded=True, request_handler=Quiet)
    server.daemon_threads = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Desk(app, url, add_account(app, "asel", "editor"))
    server.shutdown()
    thread.join()
    server.server_close()


class Person:
    """Browser profile with a virtual authenticator."""

    def __init__(self, desk: Desk, browser: Browser) -> None:
        self.page: Page = browser.new_context(base_url=desk.url).new_page()
        cdp = self.page.context.new_cdp_session(self.page)
        cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def give_password(self) -> None:
        """Fill in the login form."""
        self.page.goto("/login")
        self.page.locator("[name=email]").fill(ASEL)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in", exact=True).click()

    def add_passkey(self, name: str) -> None:
        """Set up a passkey, and wait for the page that confirms it."""
        self.page.goto("/account/factors/passkeys")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_role("button", name="Set up passkey").click()
        self.page.get_by_text(f"The passkey “{name}” is set up.").wait_for()

    def log_out(self) -> None:
        self.page.get_by_role("button", name="Log out").click()
        self.page.wait_for_url("**/login")


@pytest.fixture
def asel(desk: Desk, browser: Browser) -> Iterator[Person]:
    """Editor with a passkey, logged in."""
    person = Person(desk, browser)
    person.give_password()
    person.page.wait_for_url("**/desk/")
    person.add_passkey("Phone")
    person.page.get_by_role("link", name="I have kept them").click()
    yield person
    person.page.context.close()


def test_47_a_passkey_is_the_second_step(asel: Person, desk: Desk) -> None:
    asel.log_out()
    asel.give_password()
    asel.page.wait_for_url("**/login/second-step**")
    asel.page.get_by_role("button", name="Use a passkey").click()
    asel.page.wait_for_url("**/desk/")
    with transaction() as session:
        (one,) = changes.factors(session, desk.editor_id).passkeys
        assert one.name == "Phone"
        assert one.used_at is not None
    assert "factor_added" in notices(desk.editor_id)


def test_51_a_passkey_that_verifies_the_person_logs_in_alone_however_many_guesses_there_were(
    asel: Person, desk: Desk
) -> None:
    asel.log_out()
    asel.page.context.clear_cookies()
    stranger = Newsroom(desk.app.test_client())
    for number in range(50):
        stranger.log_in(ASEL, f"wrong {number}")
    asel.page.goto("/login")
    asel.page.get_by_role("button", name="Log in with a passkey").click()
    asel.page.wait_for_url("**/desk/")


def test_04_a_passkey_of_an_account_that_is_switched_off_does_not_log_in(asel: Person, desk: Desk) -> None:
    asel.log_out()
    with transaction() as session:
        administration.switch_off(session, desk.editor_id, None)
    asel.page.goto("/login")
    asel.page.get_by_role("button", name="Log in with a passkey").click()
    asel.page.get_by_text("This passkey was not accepted.").wait_for()
    with transaction() as session:
        administration.switch_on(session, desk.editor_id, None)
    asel.page.get_by_role("button", name="Log in with a passkey").click()
    asel.page.wait_for_url("**/desk/")
    with transaction() as session:
        limits = sessions.SessionLimits.of(desk.app.extensions["settings"])
        assert len(sessions.sessions(session, desk.editor_id, limits)) == 1
        administration.end_sessions(session, desk.editor_id, None)
    asel.page.goto("/desk/")
    asel.page.wait_for_url("**/login?next=**")


def test_67_an_answer_is_not_accepted_twice_and_not_elsewhere(asel: Person, desk: Desk) -> None:
    asel.log_out()
    sent: list[str] = []
    asel.page.on(
        "request",
        lambda one: sent.append(one.post_data or "") if one.url.endswith("/login/passkey") else None,
    )
    asel.page.goto("/login")
    asel.page.get_by_role("button", name="Log in with a passkey").click()
    asel.page.wait_for_url("**/desk/")
    (body,) = sent
    thief = Newsroom(desk.app.test_client())
    answer = thief.client.post(
        "/login/passkey",
        data=body.replace(body.partition("csrf_token=")[2].partition("&")[0], thief.token()),
        content_type="application/x-www-form-urlencoded",
    )
    assert (answer.status_code, answer.location) == (303, "/login")
    assert "This passkey was not accepted." in thief.get("/login").text
    assert thief.get("/desk/").status_code == 303


def test_67_another_host_cannot_use_the_passkey(asel: Person, desk: Desk) -> None:
    asel.log_out()
    asel.page.goto("/login")
    form = asel.page.locator("form[data-passkey]")
    options = json.loads(form.get_attribute("data-options") or "")
    assert options["rpId"] == "localhost"
    form.evaluate(
        "(form, options) => { form.dataset.options = options; }",
        json.dumps(options | {"rpId": "transom.example"}),
    )
    asel.page.get_by_role("button", name="Log in with a passkey").click()
    asel.page.get_by_text("Your browser gave no passkey.").wait_for()


def test_47_several_passkeys_have_names_and_can_be_removed(
    asel: Person, desk: Desk, browser: Browser
) -> None:
    other = Person(desk, browser)
    other.page.context.add_cookies(asel.page.context.cookies())  # type: ignore[arg-type]
    other.add_passkey("Blue key")
    page = other.page
    page.goto("/account/factors")
    page.locator(".factor__item", has_text="Phone").locator("summary").click()
    page.get_by_role("button", name="Remove passkey").first.click()
    page.get_by_text("The passkey “Phone” is removed.").wait_for()
    assert page.get_by_text("To remove it, set up another factor first.").is_visible()
    other.log_out()
    asel.page.context.clear_cookies()
    asel.page.goto("/login")
    asel.page.get_by_role("button", name="Log in with a passkey").click()
    asel.page.get_by_text("This passkey was not accepted.").wait_for()


def test_the_same_authenticator_is_not_set_up_twice(asel: Person, desk: Desk) -> None:
    asel.page.goto("/account/factors/passkeys")
    asel.page.get_by_role("button", name="Set up passkey").click()
    asel.page.get_by_text("Your browser gave no passkey.").wait_for()
    with transaction() as session:
        assert session.query(Passkey).count() == 1


def test_a_passkey_confirms_that_it_is_still_the_person(
    asel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.web.fresh.FRESH_SECONDS", 0)
    asel.page.goto("/desk/tokens")
    asel.page.get_by_label("Program").fill("My program")
    asel.page.get_by_label("Read the queue").check()
    asel.page.get_by_role("button", name="Create token").click()
    asel.page.get_by_role("heading", name="Is it you?").wait_for()
    asel.page.get_by_role("button", name="Use a passkey").click()
    asel.page.get_by_text("Copy this token now").wait_for()
    assert asel.page.locator(".token__name").inner_text() == "My program"


def test_47_after_five_wrong_codes_a_passkey_still_logs_in(asel: Person, desk: Desk) -> None:
    app: App = set_up_app(desk.editor_id)
    asel.log_out()
    asel.give_password()
    for _ in range(6):
        asel.page.get_by_label("Code").fill("000000")
        asel.page.get_by_role("button", name="Go on").click()
        asel.page.get_by_role("heading", name="Please look at this again").wait_for()
    asel.page.get_by_label("Code").fill(app.code())
    asel.page.get_by_role("button", name="Go on").click()
    asel.page.get_by_text("A passkey or a recovery code works now.").wait_for()
    asel.page.get_by_role("button", name="Use a passkey").click()
    asel.page.wait_for_url("**/desk/")
