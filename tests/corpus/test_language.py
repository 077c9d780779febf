"""Languages of the paragraphs of the Universal Declaration of Human Rights. Skipped if the corpus is missing."""

import unicodedata
from collections import Counter

import pytest

from intake.languages import LANGUAGES
from intake.text.language import guess
from tests.corpus.texts import names, needs_corpus, rows

pytestmark = [pytest.mark.slow, needs_corpus]

TAGS = {
    "eng": "en", "cmn_hans": "zh-Hans", "cmn_hant": "zh-Hant", "uig_arab": "ug", "uig_latn": "ug-Latn", "arb": "ar",
    "pes_1": "fa", "urd": "ur", "heb": "he", "hin": "hi", "ben": "bn", "tam": "ta", "sin": "si", "mya": "my",
    "bod": "bo", "lao": "lo", "kor": "ko", "kat": "ka", "amh": "am", "tur": "tr", "ukr": "uk", "khk": "mn",
    "uzn_cyrl": "uz", "tat": "tt", "azj_latn": "az", "jav_java": "jv", "kmr": "kmr", "div": "dv",
}  # fmt: skip
"""Translation of the Declaration → tag of its language."""
MIN_LETTERS = 20
MIN_RIGHT = 0.95


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of 20 letters or more. Shorter ones are mostly `Article 1`."""
    kept = unicodedata.normalize("NFC", text).split("\n")
    return [one for one in kept if sum(map(str.isalpha, one)) >= MIN_LETTERS]


def test_at_least_95_percent_of_the_paragraphs_are_told() -> None:
    right, all_, table = 0, 0, []
    for row in (row for name in names("prose") for row in rows(name)):
        tag = TAGS[row["id"].removeprefix("udhr-")]
        told = Counter(guess(one) for one in paragraphs(row["payload"]))
        wrong = {str(other): count for other, count in told.items() if other != tag}
        table.append(f"{tag:8} {told[tag]:3} of {told.total():3} {wrong or ''}")
        if tag in LANGUAGES:
            right, all_ = right + told[tag], all_ + told.total()
    print(*table, f"{right} of {all_} in the languages offered: {right / all_:.1%}", sep="\n")
    assert right >= MIN_RIGHT * all_
