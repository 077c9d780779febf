import time

import pytest

from intake.receipts import canonical
from intake.settings import Settings
from intake.web.contribute import form_tokens


def test_a_token_always_gives_the_same_receipt(app_settings: Settings) -> None:
    token = form_tokens.issue()
    receipt = form_tokens.receipt(token)
    assert receipt is not None
    assert canonical(receipt) == receipt == form_tokens.receipt(token)


def test_every_form_has_a_token_of_its_own(app_settings: Settings) -> None:
    assert len({form_tokens.receipt(form_tokens.issue()) for _ in range(20)}) == 20


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "\0", "ключ", ".eJw.a.b", "x" * 100_000])
def test_what_we_did_not_sign_is_nothing(app_settings: Settings, token: str) -> None:
    assert form_tokens.receipt(token) is None


def test_a_changed_token_is_nothing(app_settings: Settings) -> None:
    token = form_tokens.issue()
    changed = ("b" if token[0] == "a" else "a") + token[1:]
    assert form_tokens.receipt(changed) is None
    assert form_tokens.receipt(token[:-1]) is None


def test_a_token_has_an_age(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    token, again = form_tokens.issue(), form_tokens.issue(patient=True)
    now = time.time()
    monkeypatch.setattr("intake.web.contribute.form_tokens.time.time", lambda: now + 60)
    assert 59 <= form_tokens.age(token) <= 61
    assert form_tokens.age(again) == form_tokens.SECONDS
    assert form_tokens.age("forged") == 0
    monkeypatch.setattr("intake.web.contribute.form_tokens.time.time", lambda: now + form_tokens.SECONDS + 60)
    assert form_tokens.age(token) == form_tokens.SECONDS


def test_after_a_week_it_is_nothing(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    token = form_tokens.issue()
    assert form_tokens.SECONDS == 7 * 24 * 3600
    monkeypatch.setattr(form_tokens, "SECONDS", -1)
    assert form_tokens.receipt(token) is None
