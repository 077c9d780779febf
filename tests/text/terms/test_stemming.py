"""Stems by Snowball, as PostgreSQL's dictionaries find them."""

import threading

import pytest

from intake.text.search import STEMMERS
from intake.text.terms.stemming import stems


def test_stems_are_those_of_the_language() -> None:
    words = [("running", "en"), ("выборами", "ru"), ("the", "en"), ("сайлау", "kk"), ("x", "und")]
    assert stems(words) == {"running": {"run"}, "выборами": {"выбор"}}


def test_a_word_of_several_languages_has_several_stems() -> None:
    found = stems([("regionalen", "de"), ("regionalen", "nl"), ("regionalen", "en")])
    assert found == {"regionalen": {"regional", "regionaal"}}


@pytest.mark.parametrize("code", STEMMERS)
def test_every_language_has_a_stemmer(code: str) -> None:
    stems([("word", code)])


def test_threads_do_not_share_a_stemmer() -> None:
    wrong = []

    def stem(ending: str) -> None:
        for number in range(300):
            word = f"{'xyz'[number % 3]}{number}{ending}ed"
            wrong.extend([] if stems([(word, "en")]) == {word: {word.removesuffix("ed")}} else [word])

    threads = [threading.Thread(target=stem, args=[ending]) for ending in ("ank", "ump", "olt")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
