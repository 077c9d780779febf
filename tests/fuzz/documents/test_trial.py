from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from intake import documents
from intake.documents import sandboxed
from intake.documents.refusal import DocumentRefused
from intake.text import clean_body
from tests.documents import made
from tests.fuzz.documents import trial
from tests.fuzz.documents.sources import own
from tests.fuzz.documents.trial import attempt

FILE = made.WORD_PLANTED


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_args: Any, **_how: Any) -> None:
        raise error

    return fail


@pytest.mark.parametrize("place", range(len(own())))
def test_a_document_is_read_and_nothing_found(place: int) -> None:
    done = attempt(own()[place], in_child=place % 5 == 0)
    assert (done.outcome, done.finding) == ("clean", "")


def test_a_refusal_is_no_finding() -> None:
    done = attempt(FILE[:200], in_child=True)
    assert (done.outcome, done.finding) == ("damaged", "")


def test_an_exception_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "read", raising(KeyError("x")))
    assert attempt(FILE).finding == "KeyError: 'x'"


def test_a_fault_that_became_a_refusal_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "read", raising(DocumentRefused("damaged", "KeyError in story.py:7")))
    assert attempt(FILE).finding == "fault: KeyError in story.py:7"


def test_a_planted_name_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = documents.read(FILE)
    monkeypatch.setattr(documents, "read", lambda *_: replace(found, html="<p>a LEAKname</p>"))
    assert attempt(FILE).finding == "a.docx leaks document; a.docx leaks text"


def test_words_of_a_comment_are_seen_in_plain_text() -> None:
    assert attempt(b"a <!-- LEAK -->").finding == ""


def test_a_text_that_breaks_a_law_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(raw: str, **how: Any) -> Any:
        cleaned = clean_body(raw, **how)
        return replace(cleaned, html=cleaned.html.replace("<p>", "<p onclick='x'>"))

    monkeypatch.setattr(trial, "clean_body", spoil)
    assert "strange" in attempt(FILE).finding


@pytest.mark.parametrize(
    ("error", "finding"),
    [
        (DocumentRefused("damaged", "ended by 11"), "sandbox: damaged: ended by 11"),
        (DocumentRefused("too_slow"), "sandbox: too_slow: "),
        (DocumentRefused("damaged"), "sandbox: damaged: "),
    ],
)
def test_a_child_that_fails_is_one(
    error: DocumentRefused, finding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandboxed, "read", raising(error))
    assert attempt(FILE, in_child=True).finding == finding
    assert attempt(FILE).finding == ""


def test_another_document_from_the_child_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandboxed, "read", lambda *_: documents.read(made.SOUND["plain"]))
    assert attempt(FILE, in_child=True).finding == "sandbox: another document"
