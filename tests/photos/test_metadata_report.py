import pytest

from intake.photos.metadata_report import KINDS, listed


def test_nothing_is_said_of_nothing() -> None:
    assert listed({}) == ""


def test_what_gives_most_away_comes_first() -> None:
    carried = {"editing": 14, "camera": 2, "second_picture": 1, "serial_number": 1, "position": 6}
    assert listed(carried) == (
        "the position, a serial number, a companion picture (depth, brightness or 3D), what tells of the camera,"
        " 14 editing notes"
    )


def test_numbers_are_exact() -> None:
    assert listed({"trailing_bytes": 314_084}) == "314,084 bytes of data hidden behind the picture"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_counted(kind: str) -> None:
    for number in (1, 2):
        phrase = listed({kind: number})
        assert phrase
        assert "%" not in phrase
