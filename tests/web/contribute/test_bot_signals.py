import time
from collections.abc import Callable

import pytest

from intake.web import Transom
from intake.web.contribute import bot_signals
from tests.web.conftest import opened
from tests.web.people import WORDS, Contributor, receipt_of, value

Made = Callable[..., Transom]


@pytest.fixture
def hasty(made: Made) -> Contributor:
    """Contributor who sends at once, where forms sent too fast are suspicious (`fastest_seconds`)."""
    return Contributor(made(fastest_seconds=30).test_client())


def signals() -> list[str]:
    with opened() as submission:
        return submission.signals


def test_a_form_sent_at_once_is_taken_in_with_a_signal(hasty: Contributor) -> None:
    assert hasty.send().status_code == 200
    assert signals() == ["too_fast"]


def test_a_form_sent_later_has_none(hasty: Contributor, monkeypatch: pytest.MonkeyPatch) -> None:
    token, now = hasty.token(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 40)
    hasty.send(token=token)
    assert signals() == []


def test_after_a_mistake_nobody_has_to_wait_again(
    hasty: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, now = hasty.token(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 40)
    again = hasty.send(token=token, consent="")
    assert again.status_code == 422
    hasty.send(token=value(again.text, "token"))
    assert signals() == []


@pytest.mark.parametrize("forged", [True, False], ids=["forged", "own"])
def test_a_mistake_made_at_once_gains_nothing(hasty: Contributor, forged: bool) -> None:
    again = hasty.send(token="forged" if forged else hasty.token(), consent="")
    assert again.status_code == 422
    hasty.send(token=value(again.text, "token"))
    assert signals() == ["too_fast"]


def test_without_a_limit_nothing_is_too_fast(contributor: Contributor) -> None:
    contributor.send()
    assert signals() == []


def test_the_field_that_people_do_not_see_is_noticed(contributor: Contributor) -> None:
    page = contributor.client.get("/send").text
    (field,) = (line for line in page.splitlines() if f'name="{bot_signals.HONEYPOT}"' in line)
    assert " hidden" in field
    contributor.send(**{bot_signals.HONEYPOT: "https://shop.example/"})
    assert signals() == ["honeypot"]


def test_the_field_is_empty_for_people(contributor: Contributor) -> None:
    contributor.send(**{bot_signals.HONEYPOT: " "})
    assert signals() == []


@pytest.mark.parametrize(
    ("limit", "typed", "found"),
    [(30, False, ["hasty_draft"]), (30, True, ["hasty_draft"]), (0, True, ["code_typed"]), (0, False, [])],
)
def test_a_draft_remembers_how_its_code_was_confirmed(
    made: Made, limit: int, typed: bool, found: list[str]
) -> None:
    client = made(fastest_seconds=limit).test_client()
    token = value(client.get("/").text, "token")
    groups = receipt_of(client.post("/drafts", data={"token": token})).split("-")
    answer = {"second": groups[1], "last": groups[-1]} if typed else {"noted": "y"}
    page = client.post("/drafts/confirmations", data={"token": token} | answer).text
    fields = {name: value(page, name) for name in ("receipt", "upload", "version")} | WORDS
    check = client.post("/drafts/changes", data=fields | {"do": "check"}).text
    sent = {name: value(check, name) for name in ("receipt", "version")} | {"consent": "y"}
    assert client.post("/drafts/submissions", data=sent).status_code == 200
    with opened() as submission:
        assert (submission.status, submission.signals) == ("received", found)
