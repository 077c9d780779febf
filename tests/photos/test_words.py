import gettext

import pytest

from intake.photos.words import KINDS, in_words, listed, sentence
from tests.photos.swapped import Swapped


def test_one_and_several_are_called_differently() -> None:
    assert in_words({"video": 1, "date": 3}) == ["a hidden video", "3 dates"]


def test_large_numbers_can_be_read() -> None:
    assert in_words({"trailing_bytes": 785521}) == ["785,521 bytes after the end of the picture"]


def test_nothing_is_said_of_nothing() -> None:
    assert in_words({"date": 0, "unheard_of": 3}) == []
    assert listed({}) == ""
    assert sentence({}) == "Nothing hidden was found in the file."


def test_what_gives_most_away_comes_first() -> None:
    removed = {"editing": 14, "camera": 2, "second_picture": 1, "serial_number": 1, "position": 6}
    assert sentence(removed) == (
        "Removed: the position, a serial number, a hidden second picture, what tells of the camera, 14 editing fields."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_counted(kind: str) -> None:
    for number in (1, 2):
        (phrase,) = in_words({kind: number})
        assert phrase
        assert "%" not in phrase


@pytest.mark.parametrize(
    ("dates", "told"),
    [(1, "1 data"), (2, "2 daty"), (5, "5 dat"), (12, "12 dat"), (22, "22 daty"), (1000, "1,000 dat")],
)
def test_a_language_may_have_three_plurals(dates: int, told: str) -> None:
    assert sentence({"date": dates, "position": 4}, Swapped()) == f"Usunięto: położenie • {told}."


def test_a_photo_with_nothing_hidden_is_told_of_in_the_readers_language() -> None:
    assert sentence({}, Swapped()) == "W pliku nic nie ukryto."


def test_takes_the_translations_of_the_standard_library() -> None:
    translations = gettext.translation("none", fallback=True)
    assert in_words({"date": 2}, translations) == ["2 dates"]
