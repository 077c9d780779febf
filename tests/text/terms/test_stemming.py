"""Stems by Snowball, as PostgreSQL's dictionaries find them."""

import threading

import pytest

from intake.text.search import STEMMERS
from intake.text.terms.stemming import stems


def test_stems_are_those_of_the_language() -> None:
    words = [("running", "en"), ("выборами", "ru"), ("the", "en"), ("сайлау", "kk"), ("x", "und")]
    assert stems(words) == {"running": {"run"}, "выборами": {"выбор"}}


def test_a_word_of_several_languages_has_several_stems() -> None:
    assert stems([("housing", code) for code in ("en", "de", "fr")]) == {"housing": {"hous"}}
    assert stems([("houses", "en"), ("houses", "fr")]) == {"houses": {"hous", "hous"}}


@pytest.mark.parametrize("code", STEMMERS)
def test_every_language_has_a_stemmer(code: str) -> None:
    stems([("word", code)])


def test_threads_do_not_share_a_stemmer() -> None:
    wrong = []

    def stem(word: str, stem: str) -> None:
        for number in range(200):
            found = stems([(f"{'a' * (number % 7)}{word}{number}ings", "en")])
            wrong.extend(w for w, s in found.items() if s != {w.removesuffix("s")} and s != {w.removesuffix("ings")})
        wrong.extend([] if stems([(word, "en")])[word] == {stem} else [word])

    threads = [threading.Thread(target=stem, args=pair) for pair in (("running", "run"), ("houses", "hous"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
