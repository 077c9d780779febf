"""Pages of second factors, and what an account may do without one (points 36 and 47)."""

import re
from collections.abc import Callable
from html import unescape

import pyotp
import pytest

from intake.accounts.factors import changes, passkeys
from intake.db import transaction
from intake.models import Editor
from intake.settings import Settings
from intake.web import Transom
from tests.accounts.factors_of import days_pass, notices, set_up_app
from tests.web.conftest import HTTPS, add_account
from tests.web.people import Newsroom, value


def asel_id() -> int:
    with transaction() as session:
        return session.query(Editor).filter_by(email="asel@transom.example").one().id


def secret_on(page: str) -> str:
    found = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def set_up(somebody: Newsroom) -> str:
    """Set up an app through the pages. Returns the page of the recovery codes."""
    page = somebody.get("/account/factors/app").text
    code = str(pyotp.TOTP(secret_on(page)).now())
    answer = somebody.post("/account/factors/app", secret=value(page, "secret"), code=code)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_47_an_app_is_set_up_with_a_qr_code_of_our_own(editor: Newsroom) -> None:
    page = editor.get("/account/factors/app").text
    assert "<svg" in page
    assert "<img" not in page
    assert " style=" not in page
    link = unescape(re.search(r'href="(otpauth://[^"]+)"', page)[1])  # type: ignore[index]
    assert pyotp.parse_uri(link).secret == secret_on(page)
    codes = set_up(editor)
    assert len(set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", codes.partition("data:")[0]))) == 10
    assert 'download="recovery-codes.txt"' in codes
    overview = editor.get("/account/factors").text
    assert "<strong>10</strong> of your codes are left" in overview
    assert not re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", overview)
    assert notices(asel_id()) == ["factor_added"]


@pytest.mark.parametrize("code", ["", "000000", "abc"])
def test_without_the_right_code_nothing_is_set_up(editor: Newsroom, code: str) -> None:
    page = editor.get("/account/factors/app").text
    answer = editor.post("/account/factors/app", secret=value(page, "secret"), code=code)
    assert answer.status_code == 422
    assert secret_on(answer.text) == secret_on(page), "the code that was scanned already still counts"
    assert notices(asel_id()) == []


def test_a_secret_of_another_account_is_not_taken(editor: Newsroom, other_editor: Newsroom) -> None:
    page = other_editor.get("/account/factors/app").text
    code = str(pyotp.TOTP(secret_on(page)).now())
    answer = editor.post("/account/factors/app", secret=value(page, "secret"), code=code)
    assert answer.status_code == 422
    assert secret_on(answer.text) != secret_on(page)


def test_36_an_overdue_account_can_do_nothing_but_set_up(editor: Newsroom) -> None:
    days_pass(asel_id(), 7)
    for url in ("/desk/", "/desk/me", "/change", "/desk/tokens"):
        led = editor.get(url)
        assert (led.status_code, led.location) == (303, "/account/factors"), url
    assert editor.get("/desk/stream", headers={"Accept": "text/event-stream"}).status_code == 403
    refused = editor.post("/desk/me", mail="y")
    assert refused.status_code == 403
    assert "Set up a second factor first" in refused.text
    page = editor.get("/account/factors").text
    assert "Set one up now to go on" in page
    set_up(editor)
    assert editor.get("/desk/").status_code == 200


def test_36_the_login_of_an_overdue_account_leads_to_the_set_up(app: Transom, anonymous: Newsroom) -> None:
    days_pass(add_account(app, "asel", "editor"), 30)
    assert anonymous.log_in("asel@transom.example").status_code == 302
    assert anonymous.get("/desk/").location == "/account/factors"


def test_36_days_that_are_left_are_on_every_page(editor: Newsroom) -> None:
    assert "Your account needs a second factor within 7 days." in editor.get("/desk/").text
    days_pass(asel_id(), 6)
    assert "Your account needs a second factor within 1 day." in editor.get("/desk/me").text
    set_up(editor)
    assert "needs a second factor" not in editor.get("/desk/").text


def test_a_desk_may_leave_it_to_its_people(made: Callable[..., Transom]) -> None:
    app = made(second_factor="optional")
    days_pass(add_account(app, "asel", "editor"), 900)
    somebody = Newsroom(app.test_client())
    somebody.log_in("asel@transom.example")
    page = somebody.get("/desk/")
    assert page.status_code == 200
    assert "needs a second factor" not in page.text


def test_a_new_installation_never_blocks_the_first_login(made: Callable[..., Transom]) -> None:
    app = made(second_factor_days=0)
    add_account(app, "asel", "editor")
    somebody = Newsroom(app.test_client())
    assert somebody.log_in("asel@transom.example").status_code == 302
    assert somebody.get("/desk/").location == "/account/factors"
    set_up(somebody)
    assert somebody.get("/desk/").status_code == 200


def test_the_last_factor_stays_where_one_is_required(editor: Newsroom) -> None:
    set_up_app(asel_id())
    editor.post("/account/notices/read", last="999")
    refused = editor.post("/account/factors/app/removal")
    assert refused.status_code == 409
    assert "This is your only second factor" in refused.text
    with transaction() as session:
        assert changes.factors(session, asel_id()).count == 1


def test_where_it_is_optional_the_last_factor_can_go(made: Callable[..., Transom]) -> None:
    app = made(second_factor="optional")
    phone = set_up_app(add_account(app, "asel", "editor"))
    somebody = Newsroom(app.test_client())
    somebody.log_in("asel@transom.example")
    somebody.post("/login/second-step", code=phone.code())
    assert somebody.post("/account/factors/app/removal").status_code == 303
    with transaction() as session:
        found = changes.factors(session, phone.editor_id)
        assert (found.count, found.codes_left) == (0, 0)
        assert session.get_one(Editor, phone.editor_id).factor_since is None
    assert notices(phone.editor_id) == ["factor_added", "factor_removed"]
    fresh = Newsroom(app.test_client())
    fresh.log_in("asel@transom.example")
    assert fresh.get("/desk/").status_code == 200


def test_new_recovery_codes_are_shown_once(editor: Newsroom) -> None:
    old = set_up_app(asel_id()).recovery_codes
    page = editor.post("/account/factors/codes").text
    assert "The old ones no longer work" in page
    assert not any(code in page for code in old)
    assert notices(asel_id()) == ["factor_added", "codes_made"]


def test_there_are_no_recovery_codes_without_a_factor(editor: Newsroom) -> None:
    assert editor.post("/account/factors/codes").status_code == 409


def test_a_notice_stays_until_it_is_read(editor: Newsroom) -> None:
    set_up_app(asel_id())
    page = editor.get("/desk/").text
    assert "A second factor was set up for your account." in page
    answer = editor.post("/account/notices/read", last=value(page, "last"), next="/desk/?status=all")
    assert answer.location == "/desk/?status=all"
    assert "A second factor was set up" not in editor.get("/desk/").text


def test_67_passkeys_are_bound_to_the_host_of_the_desk() -> None:
    def host(url: str) -> tuple[str, str] | None:
        found = passkeys.site(Settings(public_url=url))
        return (found.host, found.origin) if found else None

    assert host(HTTPS) == ("send.example.org", "https://send.example.org")
    assert host("https://Desk.Example.org:8443/x") == ("desk.example.org", "https://desk.example.org:8443")
    assert host("http://localhost:8000") == ("localhost", "http://localhost:8000")
    assert host("https://desk.example.org:443") == ("desk.example.org", "https://desk.example.org")
    assert host("http://send.example.org") is None
    assert host("http://127.0.0.1:8000") is host("https://192.0.2.1") is host("https://[2001:db8::1]") is None


def test_where_browsers_allow_no_passkeys_the_page_says_so(editor: Newsroom) -> None:
    assert "Browsers allow passkeys only at an address with a name" in editor.get("/account/factors").text
    assert "No passkeys at this address" in editor.get("/account/factors/passkeys").text
    assert "passkey" not in Newsroom(editor.client.application.test_client()).get("/login").text


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": 1}', '{"rawId": "x", "response": {}}', "x" * 5000]
)
def test_67_what_is_no_passkey_is_refused(made: Callable[..., Transom], answer: str) -> None:
    app = made(public_url=HTTPS)
    add_account(app, "asel", "editor")
    client = app.test_client()
    page = client.get("/login", base_url=HTTPS).text
    challenge, token = value(page, "challenge"), value(page, "csrf_token")
    for signed in (challenge, "", f"{challenge}x"):
        data = {"csrf_token": token, "challenge": signed, "answer": answer}
        refused = client.post("/login/passkey", base_url=HTTPS, data=data)
        assert refused.status_code == 303
    assert client.get("/desk/", base_url=HTTPS).status_code == 303
