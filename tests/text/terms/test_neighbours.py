"""Each typing error of one letter leads back to the word, in every script."""

import random

import pytest

from intake.text.search import fold
from intake.text.terms.neighbours import neighbours

WORDS = [
    "court", "religious", "karaçam", "выборы", "сайлаудан", "қазақстан", "المحكمة", "ئۇيغۇر", "دانشگاه", "εκλογή",
    "בחירות", "ընտրություն", "არჩევნები", "निर्वाचन", "தேர்தல்", "ምርጫዎችን",
]  # fmt: skip


@pytest.mark.parametrize("word", [fold(word) for word in WORDS])
def test_each_error_of_one_letter_leads_back(word: str) -> None:
    chance = random.Random(word)
    for place in range(len(word)):
        other = chance.choice([letter for letter in word if letter != word[place]])
        typed = {
            word[:place] + other + word[place + 1 :],
            word[:place] + other + word[place:],
            word[:place] + word[place + 1 :],
            word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
        } - {word}
        for one in typed:
            assert word in neighbours(one), one


def test_every_neighbour_differs_by_one_error() -> None:
    found = neighbours("court")
    assert {"cuort", "courts", "coart"} < set(found)
    assert len(found) == len(set(found))
    assert "court" not in found
    assert "tourc" not in found
    assert "coat" not in found
    assert {len(one) for one in found} == {5, 6}
    assert {len(one) for one in neighbours("cort")} == {5}


def test_exchanged_letters_come_first() -> None:
    assert list(neighbours("cuort")).index("court") < 4


@pytest.mark.parametrize("word", ["", "sud", "2026", "202x", "20266", "a1b2c3d4", "٢٠٢٦٦"])
def test_short_words_and_numbers_have_none(word: str) -> None:
    assert neighbours(word) == {}


def test_a_mark_of_the_script_is_a_letter() -> None:
    assert "चुनाव" in neighbours("चुनव" + "ा")
    assert fold("चुनाव") in neighbours(fold("चुनाोव"))


@pytest.mark.parametrize(
    ("typed", "folded", "shown"),
    [
        ("KARAÇIM", "karacam", "karaçam"), ("ئۇيقۇر", fold("ئۇيغۇر"), "ئۇيغۇر"), ("المحكنة", fold("المحكمة"), "المحكمة"),
        ("straßr", "strasse", "strasse"), ("", "strasse", "strasse"),
    ],
)  # fmt: skip
def test_letters_are_shown_as_they_were_typed(typed: str, folded: str, shown: str) -> None:
    assert neighbours(fold(typed or "strassr"), typed)[folded] == shown
