"""Logins by an OpenID provider: valid responses and attacks."""

import time
from collections.abc import Callable
from threading import Event
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from intake.accounts.openid import http_client
from intake.accounts.openid.provider import WELL_KNOWN
from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from tests.accounts.factors_of import set_up_app
from tests.openid_provider import SUBJECT, OpenIDProvider, answer_path, signed_with_public_key, unsigned
from tests.web.conftest import add_account
from tests.web.login.openid.conftest import NAME, leave, linked
from tests.web.people import Newsroom

DESK = "/desk/"


def is_in(browser: Newsroom) -> bool:
    return browser.get(DESK).status_code == 200


def test_a_linked_person_logs_in_and_comes_to_the_page_they_wanted(
    asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    assert f"Log in with {NAME}" in browser.get("/login").text
    answer = browser.get(provider.approve(leave(browser, "/desk/?status=all")))
    assert (answer.status_code, answer.location) == (303, "/desk/?status=all")
    assert is_in(browser)


def test_without_settings_there_is_no_such_login(anonymous: Newsroom) -> None:
    assert "Log in with single" not in anonymous.get("/login").text
    for path in ("/login/openid", "/login/openid/callback?state=x&code=y", "/welcome/x/openid"):
        assert anonymous.get(path).status_code == 404, path


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/login"])
def test_nobody_is_led_to_another_site(
    asel: int, browser: Newsroom, provider: OpenIDProvider, wanted: str
) -> None:
    answer = browser.get(provider.approve(leave(browser, wanted)))
    assert (answer.status_code, answer.location) == (303, "/start")


def test_the_session_is_a_new_one(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    browser.get("/login")
    with browser.client.session_transaction() as cookie:
        before = dict(cookie)
    browser.get(provider.approve(leave(browser)))
    with browser.client.session_transaction() as cookie:
        assert cookie["login"] != before.get("login")
        assert cookie.get("csrf_token") != before.get("csrf_token", "")
        assert cookie["openid"] == {}


def _later(seconds: float) -> Callable[[OpenIDProvider], dict[str, Any]]:
    now = time.time()
    return lambda _: {"exp": int(now + seconds), "iat": int(now + seconds - 300)}


WRONG_CLAIMS: dict[str, Callable[[OpenIDProvider], dict[str, Any]]] = {
    "nonce": lambda _: {"nonce": "of another login"},
    "no nonce": lambda _: {"nonce": None},
    "audience": lambda _: {"aud": "another client"},
    "no audience": lambda _: {"aud": None},
    "audiences without azp": lambda _: {"aud": ["transom", "another client"]},
    "azp": lambda _: {"azp": "another client"},
    "issuer": lambda p: {"iss": f"{p.issuer}/other"},
    "expired": lambda p: _later(-40)(p),
    "no expiry": lambda _: {"exp": None},
    "expiry that is no number": lambda _: {"exp": float("nan")},
    "issued later": lambda p: _later(400)(p),
    "no subject": lambda _: {"sub": None},
    "empty subject": lambda _: {"sub": ""},
    "subject that is a list": lambda _: {"sub": [SUBJECT]},
    "access token": lambda _: {"at_hash": "x" * 22},
}


@pytest.mark.parametrize("wrong", WRONG_CLAIMS)
def test_a_token_with_a_wrong_claim_lets_nobody_in(
    asel: int, browser: Newsroom, provider: OpenIDProvider, wrong: str
) -> None:
    answer = browser.get(provider.approve(leave(browser), **WRONG_CLAIMS[wrong](provider)))
    assert answer.status_code == 502
    assert f"The answer of {NAME} was not accepted" in answer.text
    assert not is_in(browser)


def test_clocks_may_differ_a_little(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    assert browser.get(provider.approve(leave(browser), **_later(-10)(provider))).status_code == 303
    assert is_in(browser)


FORGERIES: dict[str, Callable[[OpenIDProvider], Any]] = {
    "alg none": lambda _: unsigned,
    "HS256 with the public key": lambda p: signed_with_public_key(p.key),
    "another key under the same name": lambda p: _stranger(p),
    "no token": lambda _: lambda _h, _c: "x.y.z",
}


def _stranger(provider: OpenIDProvider) -> Callable[[dict[str, Any], dict[str, Any]], str]:
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048)
    return lambda header, claims: jwt.encode(header, claims, key)


@pytest.mark.parametrize("how", FORGERIES)
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    asel: int, browser: Newsroom, provider: OpenIDProvider, how: str
) -> None:
    provider.sign = FORGERIES[how](provider)
    answer = browser.get(provider.approve(leave(browser)))
    assert answer.status_code == 502
    assert not is_in(browser)
    provider.sign = None
    assert browser.get(provider.approve(leave(browser))).status_code == 303


def test_hs256_is_refused_even_if_the_provider_offers_it(
    asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    provider.document = {"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
    for sign in (signed_with_public_key(provider.key), unsigned):
        provider.sign = sign
        assert browser.get(provider.approve(leave(browser))).status_code == 502
    assert not is_in(browser)


def test_a_new_key_is_fetched_once(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    browser.get(provider.approve(leave(browser)))
    provider.rotate()
    assert browser.get(provider.approve(leave(browser))).status_code == 303
    assert (provider.asked.count("/keys"), provider.asked.count(WELL_KNOWN)) == (2, 1)
    provider.header = {"kid": "unknown"}
    assert browser.get(provider.approve(leave(browser))).status_code == 502
    assert provider.asked.count("/keys") == 3


def test_a_state_works_once(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    back = provider.approve(leave(browser))
    assert browser.get(back).status_code == 303
    asked = list(provider.asked)
    again = browser.get(back)
    assert again.status_code == 400
    assert "This login cannot be used any more" in again.text
    assert provider.asked == asked


def test_a_code_works_once(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    first, second = leave(browser), leave(browser)
    code = parse_qs(urlsplit(provider.approve(first)).query)["code"][0]
    state = parse_qs(urlsplit(second).query)["state"][0]
    callback = parse_qs(urlsplit(second).query)["redirect_uri"][0]
    answer = browser.get(answer_path({"state": state, "redirect_uri": callback}, code=code))
    assert answer.status_code == 400
    assert not is_in(browser)


def test_nobody_is_logged_in_by_the_answer_to_another_browser(
    asel: int, desk: Transom, browser: Newsroom, provider: OpenIDProvider
) -> None:
    """Login CSRF: an attacker makes a victim's browser open the callback URL with the attacker's code."""
    attacker = Newsroom(desk.test_client())
    back = provider.approve(leave(attacker))
    leave(browser)
    assert browser.get(back).status_code == 400
    assert not is_in(browser)
    assert "/token" not in provider.asked


def test_a_login_that_took_too_long_is_begun_again(
    asel: int, browser: Newsroom, provider: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = provider.approve(leave(browser))
    monkeypatch.setattr("intake.web.login.openid.pending.SECONDS", 0)
    assert browser.get(back).status_code == 400


def test_three_tabs_may_log_in_at_the_same_time(
    asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    tabs = [leave(browser, f"/desk/?tab={number}") for number in range(4)]
    answers = [browser.get(provider.approve(tab)) for tab in tabs]
    assert [answer.status_code for answer in answers] == [400, 303, 303, 303]
    assert [answer.location for answer in answers[1:]] == [f"/desk/?tab={number}" for number in (1, 2, 3)]


def test_a_provider_that_is_down_has_its_page(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    back = provider.approve(leave(browser, "/desk/?status=all"))
    provider.close()
    answer = browser.get(back)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert f"{NAME} does not answer" in answer.text
    assert "/login/openid?next=/desk/?status%3Dall" in answer.text
    assert "/login?next=/desk/?status%3Dall" in answer.text
    assert browser.get("/login").status_code == 200


def test_a_provider_that_is_down_before_the_login(browser: Newsroom, provider: OpenIDProvider) -> None:
    provider.close()
    answer = browser.get("/login/openid", query_string={"next": "/desk/"})
    assert answer.status_code == 503
    assert 'href="/login?next=/desk/"' in answer.text


def test_a_slow_provider_takes_no_thread_for_long(
    asel: int, browser: Newsroom, provider: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = provider.approve(leave(browser))
    monkeypatch.setattr(http_client, "STEP_SECONDS", 0.1)
    finished = Event()

    def drag() -> tuple[int, bytes]:
        finished.wait(30)
        return 200, b"{}"

    provider.answers["/token"] = drag
    assert browser.get(back).status_code == 503
    finished.set()


def test_more_logins_than_places_are_told_to_wait(browser: Newsroom, provider: OpenIDProvider) -> None:
    taken = [http_client._places.acquire() for _ in range(http_client.PLACES)]
    try:
        assert browser.get("/login/openid").status_code == 503
    finally:
        for _ in taken:
            http_client._places.release()
    assert browser.get("/login/openid").status_code == 303


TOKEN_ANSWERS: dict[str, tuple[int, Any, int, str]] = {
    "5xx": (500, b"oops", 503, "does not answer"),
    "too many": (429, {}, 503, "does not answer"),
    "wrong secret": (401, {"error": "invalid_client"}, 502, "is not set up correctly"),
    "redirect": (302, b"", 502, "is not set up correctly"),
    "not JSON": (200, b"<html>", 502, "is not set up correctly"),
    "a list": (200, b"[]", 502, "is not set up correctly"),
    "too large": (200, b" " * 300_000, 502, "is not set up correctly"),
    "no token": (200, {"access_token": "x"}, 502, "was not accepted"),
    "code spent": (400, {"error": "invalid_grant"}, 400, "cannot be used any more"),
}


@pytest.mark.parametrize("kind", TOKEN_ANSWERS)
def test_each_answer_of_the_provider_has_its_page(
    asel: int, browser: Newsroom, provider: OpenIDProvider, kind: str
) -> None:
    status, body, seen, sentence = TOKEN_ANSWERS[kind]
    back = provider.approve(leave(browser))
    provider.answers["/token"] = lambda: (status, body)
    answer = browser.get(back)
    assert answer.status_code == seen
    assert sentence in answer.text
    assert not is_in(browser)
    assert "/elsewhere" not in provider.asked


ERRORS = {
    "access_denied": (403, "did not let you in"),
    "login_required": (403, "did not let you in"),
    "server_error": (503, "does not answer"),
    "unauthorized_client": (502, "is not set up correctly"),
    "<script>alert(1)</script>": (403, "did not let you in"),
}


@pytest.mark.parametrize("error", ERRORS)
def test_a_login_that_was_not_allowed_has_its_page(
    browser: Newsroom, provider: OpenIDProvider, error: str
) -> None:
    status, sentence = ERRORS[error]
    answer = browser.get(provider.refuse(leave(browser, "/desk/?status=all"), error))
    assert answer.status_code == status
    assert sentence in answer.text
    assert "alert" not in answer.text


def test_an_answer_of_another_issuer_is_refused(
    asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    back = provider.approve(leave(browser))
    assert browser.get(f"{back}&iss=https://evil.example").status_code == 502
    assert "/token" not in provider.asked
    back = provider.approve(leave(browser))
    assert browser.get(f"{back}&iss={provider.issuer}").status_code == 303


def test_a_person_without_a_link_is_told_what_to_do(
    desk: Transom, browser: Newsroom, provider: OpenIDProvider
) -> None:
    """An account must not be linked just because the provider sends the same e-mail address."""
    add_account(desk, "asel", "editor")
    answer = browser.get(
        provider.approve(leave(browser, "/desk/?a=b"), email="asel@transom.example", email_verified=True)
    )
    assert answer.status_code == 403
    assert "No account here is linked to you" in answer.text
    assert "/login?next=/desk/?a%3Db" in answer.text
    assert not is_in(browser)


def test_an_account_that_is_switched_off_stays_out(
    asel: int, browser: Newsroom, provider: OpenIDProvider
) -> None:
    with transaction() as session:
        session.get_one(Editor, asel).active = False
    answer = browser.get(provider.approve(leave(browser)))
    assert answer.status_code == 403
    assert "Your account is switched off" in answer.text
    assert not is_in(browser)


def test_the_same_subject_of_another_issuer_is_another_person(
    made: Callable[..., Transom], asel: int, provider: OpenIDProvider
) -> None:
    other = OpenIDProvider()
    app = made(
        oidc_issuer=other.issuer, oidc_client_id="transom", oidc_client_secret="a secret of the client"
    )
    browser = Newsroom(app.test_client())
    answer = browser.get(other.approve(leave(browser)))
    other.close()
    assert answer.status_code == 403


def test_the_own_second_factor_is_asked_for(asel: int, browser: Newsroom, provider: OpenIDProvider) -> None:
    phone = set_up_app(asel)
    answer = browser.get(provider.approve(leave(browser, "/desk/?status=all"), amr=["mfa"]))
    assert urlsplit(answer.location or "").path == "/login/second-step"
    assert not is_in(browser)
    assert f"{NAME} has recognised you" in browser.get(str(answer.location)).text
    answer = browser.post("/login/second-step", code=phone.code(), next="/desk/?status=all")
    assert answer.location == "/desk/?status=all"
    assert is_in(browser)


TRUSTED: dict[str, tuple[dict[str, Any], bool]] = {
    "mfa": ({"amr": ["pwd", "mfa"]}, True),
    "password and code": ({"amr": ["pwd", "otp"]}, True),
    "acr": ({"acr": "https://refeds.org/profile/mfa"}, True),
    "password": ({"amr": ["pwd"]}, False),
    "nothing": ({}, False),
    "acr of one factor": ({"acr": "phr"}, False),
    "other acr": ({"acr": "mfa?"}, False),
}


@pytest.mark.parametrize("said", TRUSTED)
def test_several_factors_at_the_provider_are_enough_if_the_setting_says_so(
    made: Callable[..., Transom], provider: OpenIDProvider, said: str
) -> None:
    app = made(
        oidc_issuer=provider.issuer, oidc_client_id="transom", oidc_client_secret="a secret of the client",
        oidc_second_factor="trust",
    )  # fmt: skip
    set_up_app(linked(app, provider, "asel"))
    browser = Newsroom(app.test_client())
    claims, enough = TRUSTED[said]
    browser.get(provider.approve(leave(browser), **claims))
    assert is_in(browser) == enough


@pytest.mark.parametrize(("ago", "is_fresh"), [(0, True), (3600, False), (None, False)])
def test_a_login_without_a_question_at_the_provider_is_not_fresh(
    asel: int, browser: Newsroom, provider: OpenIDProvider, ago: int | None, is_fresh: bool
) -> None:
    moment = None if ago is None else int(time.time()) - ago
    browser.get(provider.approve(leave(browser), auth_time=moment))
    assert (browser.get("/account/factors/app").status_code == 200) == is_fresh
