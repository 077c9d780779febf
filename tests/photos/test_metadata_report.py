import pytest

from intake.photos.metadata_report import KINDS, listed, sentence
from tests.photos.swapped import Swapped


def test_nothing_is_said_of_nothing() -> None:
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
        phrase = listed({kind: number})
        assert phrase
        assert "%" not in phrase


def test_a_photo_with_nothing_hidden_is_told_of_in_the_readers_language() -> None:
    assert sentence({}, Swapped()) == "W pliku nic nie ukryto."
