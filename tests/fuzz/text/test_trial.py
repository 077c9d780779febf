from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from intake.text import clean_body
from tests.fuzz.text import trial
from tests.fuzz.text.sources import OWN
from tests.fuzz.text.trial import attempt


@pytest.mark.parametrize("raw", OWN)
def test_a_text_is_cleaned_and_nothing_found(raw: str) -> None:
    done = attempt(raw)
    assert (done.outcome, done.finding) == ("clean", "")


def test_a_text_that_is_kept_as_text_is_no_finding() -> None:
    done = attempt("<ul><li>" * 300)
    assert (done.outcome, done.finding) == ("kept as text", "")


def test_an_exception_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(raw: str, **_: Any) -> None:
        raise KeyError("x")

    monkeypatch.setattr(trial, "clean_body", fail)
    assert attempt("a").finding == "KeyError: 'x'"


SPOILT: dict[str, Callable[[str], str]] = {
    "invented": lambda html: html.replace("a", "ab"),
    "strange": lambda html: html.replace("<p>", "<p onclick='x'>"),
    "lost": lambda html: html.replace("a", ""),
}


@pytest.mark.parametrize("invariant", SPOILT)
def test_a_cleaner_that_breaks_an_invariant_is_found_out(
    monkeypatch: pytest.MonkeyPatch, invariant: str
) -> None:
    def spoil(raw: str, **how: Any) -> Any:
        cleaned = clean_body(raw, **how)
        return replace(cleaned, html=SPOILT[invariant](cleaned.html))

    monkeypatch.setattr(trial, "clean_body", spoil)
    assert invariant in attempt("<p>a</p>").finding
