import pytest

from intake.receipts import canonical
from intake.settings import Settings
from intake.web.contribute import form_tokens as tokens


def test_a_token_always_gives_the_same_receipt(app_settings: Settings) -> None:
    token = tokens.issue()
    receipt = tokens.receipt(token)
    assert receipt is not None
    assert canonical(receipt) == receipt == tokens.receipt(token)


def test_every_form_has_a_token_of_its_own(app_settings: Settings) -> None:
    assert len({tokens.receipt(tokens.issue()) for _ in range(20)}) == 20


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "\0", "ключ", ".eJw.a.b", "x" * 100_000])
def test_what_we_did_not_sign_is_nothing(app_settings: Settings, token: str) -> None:
    assert tokens.receipt(token) is None


def test_a_changed_token_is_nothing(app_settings: Settings) -> None:
    token = tokens.issue()
    changed = ("b" if token[0] == "a" else "a") + token[1:]
    assert tokens.receipt(changed) is None
    assert tokens.receipt(token[:-1]) is None


def test_after_a_week_it_is_nothing(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tokens.issue()
    assert tokens.SECONDS == 7 * 24 * 3600
    monkeypatch.setattr(tokens, "SECONDS", -1)
    assert tokens.receipt(token) is None
