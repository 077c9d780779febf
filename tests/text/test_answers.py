"""Schemas of the answers that a sandboxed child process returns after it cleaned a text."""

from typing import Any

import pytest
from pydantic import ValidationError

from intake.sandbox.answers import MOST
from intake.text.answers import CLEAN, LANGUAGE, CleanedTextAnswer, LanguageAnswer
from intake.text.language import Told
from intake.text.report import FLAGS, KINDS

GOOD: dict[str, Any] = {
    "language": "zh-Hans",
    "language_sure": True,
    "words": 5,
    "characters": 20,
    "minutes": 1,
    "removed": dict.fromkeys(KINDS, 1),
    "flags": list(FLAGS),
    "fallback": False,
}


def test_everything_that_cleaning_reports_has_room() -> None:
    assert CleanedTextAnswer.model_validate(GOOD).model_dump() == GOOD


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "English"),
        ("language", "en_GB"),
        ("language", "en-Latn-GB-oxendict"),
        ("language", "<b>"),
        ("words", -1),
        ("words", MOST + 1),
        ("removed", {"CNRYword": 1}),
        ("removed", {next(iter(KINDS)): -1}),
        ("flags", ["CNRYword"]),
        ("flags", [*FLAGS, *FLAGS]),
        ("fallback", "no"),
        ("another", 1),
    ],
)
def test_an_answer_has_no_room_for_a_text(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        CleanedTextAnswer.model_validate(GOOD | {field: value})


@pytest.mark.parametrize("tag", ["en", "kab", "zh-Hans", "pt-BR", "sr-Latn-RS"])
def test_a_language_is_told_by_its_tag(tag: str) -> None:
    assert LanguageAnswer(language=tag, language_sure=False).told() == Told(tag, False)


def test_an_uncertain_language_is_not_told() -> None:
    assert LanguageAnswer(language=None, language_sure=True).told() is None


def test_a_cleaned_text_comes_as_html_and_as_words_and_a_language_with_neither() -> None:
    assert (CLEAN.room.least_blobs, CLEAN.room.most_blobs) == (2, 2)
    assert (LANGUAGE.room.least_blobs, LANGUAGE.room.most_blobs) == (0, 0)
