"""Login with a second factor (points 36, 47 and 51 of the security list)."""

from urllib.parse import parse_qs, urlsplit

import pytest

from intake.accounts import resets
from intake.accounts.factors.totp import CODES
from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from tests.accounts.factors_of import App, notices, set_up_app
from tests.web.conftest import add_account
from tests.web.people import Newsroom

ASEL = "asel@transom.example"
STEP = "/login/second-step"


@pytest.fixture
def phone(app: Transom) -> App:
    """Authenticator app of an account."""
    return set_up_app(add_account(app, "asel", "editor"))


@pytest.fixture
def halfway(phone: App, anonymous: Newsroom) -> Newsroom:
    """Browser of a person who has given the right password, and is asked for the second factor."""
    answer = anonymous.log_in(ASEL)
    assert answer.status_code == 302
    assert urlsplit(answer.location).path == STEP
    return anonymous


def guess(somebody: Newsroom, times: int) -> list[int]:
    return [somebody.log_in(ASEL, f"wrong {number}").status_code for number in range(times)]


def test_36_the_password_alone_opens_nothing(halfway: Newsroom) -> None:
    for url in ("/desk/", "/account/factors", "/change", "/desk/stream"):
        assert halfway.get(url).status_code == 303, url
    assert "The password is right" in halfway.get(STEP).text


def test_47_a_code_of_the_app_logs_in(halfway: Newsroom, phone: App) -> None:
    answer = halfway.post(STEP, code=phone.code())
    assert (answer.status_code, answer.location) == (303, "/start")
    assert halfway.get("/desk/").status_code == 200


def test_47_a_used_code_does_not_log_in_again(app: Transom, halfway: Newsroom, phone: App) -> None:
    code = phone.code()
    halfway.post(STEP, code=code)
    second = Newsroom(app.test_client())
    second.log_in(ASEL)
    answer = second.post(STEP, code=code)
    assert answer.status_code == 422
    assert "it was used before" in answer.text
    assert second.get("/desk/").status_code == 303


def test_47_a_recovery_code_logs_in_once(app: Transom, halfway: Newsroom, phone: App) -> None:
    code = phone.recovery_codes[0]
    answer = halfway.post(STEP, code=code)
    assert (answer.status_code, answer.location) == (303, "/account/factors")
    assert "<strong>9</strong> of your codes are left" in halfway.get("/account/factors").text
    second = Newsroom(app.test_client())
    second.log_in(ASEL)
    assert second.post(STEP, code=code).status_code == 422
    assert "code_used" in notices(phone.editor_id)


@pytest.mark.parametrize("code", ["", "000000", "x" * 4000, "\0", "0000-0000-0000"])
def test_47_a_wrong_code_is_refused(halfway: Newsroom, phone: App, code: str) -> None:
    assert halfway.post(STEP, code=code).status_code == 422
    assert halfway.get("/desk/").status_code == 303


def test_47_after_five_codes_a_recovery_code_still_logs_in(halfway: Newsroom, phone: App) -> None:
    codes = [halfway.post(STEP, code="000000").status_code for _ in range(CODES + 1)]
    assert codes == [422] * CODES + [429]
    refused = halfway.post(STEP, code=phone.code())
    assert refused.status_code == 429
    assert "A passkey or a recovery code works now." in refused.text
    assert notices(phone.editor_id) == ["factor_added", "codes_wrong"]
    assert halfway.post(STEP, code=phone.recovery_codes[0]).status_code == 303
    assert halfway.get("/desk/").status_code == 200


def test_without_a_password_there_is_no_second_step(anonymous: Newsroom, phone: App) -> None:
    assert anonymous.get(STEP).location == "/login"
    assert anonymous.post(STEP, code=phone.code()).location == "/login"
    assert anonymous.get("/desk/").status_code == 303


def test_the_second_step_ends_after_ten_minutes(
    halfway: Newsroom, phone: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.web.login.second_step.SECONDS", 0)
    assert halfway.post(STEP, code=phone.code()).location == "/login"
    assert "Too much time has passed" in halfway.get("/login").text


def test_a_changed_password_ends_a_login_that_is_halfway(halfway: Newsroom, phone: App) -> None:
    with transaction() as session:
        session.get_one(Editor, phone.editor_id).fs_uniquifier = "another"
    assert halfway.post(STEP, code=phone.code()).location == "/login"


def test_an_account_that_is_switched_off_halfway_stays_out(halfway: Newsroom, phone: App) -> None:
    with transaction() as session:
        session.get_one(Editor, phone.editor_id).active = False
    assert halfway.post(STEP, code=phone.code()).location == "/login"


def test_one_comes_to_the_page_that_one_wanted(phone: App, anonymous: Newsroom) -> None:
    answer = anonymous.log_in(ASEL, next="/desk/?status=all")
    wanted = parse_qs(urlsplit(answer.location).query)["next"]
    assert wanted == ["/desk/?status=all"]
    assert anonymous.post(STEP, code=phone.code(), next=wanted[0]).location == "/desk/?status=all"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:1"],
)
def test_the_second_step_leads_to_no_other_site(halfway: Newsroom, phone: App, target: str) -> None:
    assert halfway.post(STEP, code=phone.code(), next=target).location == "/start"


def test_remember_me_holds_over_the_second_step(phone: App, anonymous: Newsroom) -> None:
    anonymous.log_in(ASEL, remember="y")
    answer = anonymous.post(STEP, code=phone.code())
    (header,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("transom=")]
    assert "Expires=" in header


def test_51_after_fifty_guesses_of_a_stranger_password_and_code_get_in_at_once(
    app: Transom, phone: App, anonymous: Newsroom
) -> None:
    stranger = Newsroom(app.test_client())
    assert guess(stranger, 50) == [422] * 10 + [429] * 40
    page = anonymous.log_in(ASEL)
    assert page.status_code == 429
    assert 'name="code"' in page.text
    answer = anonymous.log_in(ASEL, code=phone.code())
    assert answer.status_code == 302
    assert anonymous.get("/desk/").status_code == 200
    assert notices(phone.editor_id).count("login_slowed") == 1


def test_51_a_recovery_code_does_the_same(app: Transom, phone: App, anonymous: Newsroom) -> None:
    guess(Newsroom(app.test_client()), 50)
    assert anonymous.log_in(ASEL, code=phone.recovery_codes[3]).status_code == 302
    assert anonymous.get("/desk/").status_code == 200


def test_51_the_answers_do_not_tell_whether_the_password_was_right(
    app: Transom, phone: App, anonymous: Newsroom
) -> None:
    add_account(app, "tomas", "editor")
    guess(Newsroom(app.test_client()), 50)
    for _ in range(11):
        Newsroom(app.test_client()).log_in("tomas@transom.example", "wrong")
        Newsroom(app.test_client()).log_in("nobody@transom.example", "wrong")
    pages = set()
    for email, password, code in (
        (ASEL, "correct horse battery", "000000"),
        (ASEL, "wrong", phone.code()),
        ("tomas@transom.example", "correct horse battery", "000000"),
        ("nobody@transom.example", "wrong", "000000"),
    ):
        somebody = Newsroom(app.test_client())
        answer = somebody.log_in(email, password, code=code)
        assert answer.status_code == 422
        assert somebody.get("/desk/").status_code == 303
        page = answer.text.replace(email, "").replace(code, "")
        pages.add("\n".join(line for line in page.splitlines() if "csrf" not in line))
    (page,) = pages
    assert "You could not be logged in" in page


def test_logging_in_with_the_factor_calls_off_a_reset(halfway: Newsroom, phone: App, admin: Newsroom) -> None:
    with transaction() as session:
        nadia = session.query(Editor).filter(Editor.email != ASEL).one()
        resets.ask(session, phone.editor_id, nadia, "factor")
    halfway.post(STEP, code=phone.code())
    with transaction() as session:
        assert resets.open_resets(session) == []
    assert "is called off, because you have logged in" in halfway.get("/desk/").text


def test_logging_in_with_a_recovery_code_does_not(halfway: Newsroom, phone: App, admin: Newsroom) -> None:
    with transaction() as session:
        nadia = session.query(Editor).filter(Editor.email != ASEL).one()
        resets.ask(session, phone.editor_id, nadia, "factor")
    halfway.post(STEP, code=phone.recovery_codes[0])
    with transaction() as session:
        assert len(resets.open_resets(session)) == 1
    assert "Call it off" in halfway.get("/account/factors").text
