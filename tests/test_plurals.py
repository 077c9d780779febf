import pytest

from intake.plurals import EnglishMessages, gettext_noop, join_phrases, ngettext_noop, phrases
from tests.photos.swapped import Swapped

KINDS = {"position": ("the position", "the position"), "date": ("a date", "%(num)s dates")}


def test_one_and_several_are_called_differently() -> None:
    assert phrases(KINDS, {"date": 3, "position": 1}) == ["the position", "3 dates"]
    assert join_phrases(KINDS, {"date": 1}) == "a date"


def test_large_numbers_can_be_read() -> None:
    assert phrases(KINDS, {"date": 785521}) == ["785,521 dates"]


def test_nothing_is_said_of_nothing_and_of_what_is_not_known() -> None:
    assert join_phrases(KINDS, {"date": 0, "unheard_of": 3}) == ""


@pytest.mark.parametrize(
    ("dates", "expected"),
    [(1, "1 data"), (2, "2 daty"), (5, "5 dat"), (12, "12 dat"), (22, "22 daty"), (1000, "1,000 dat")],
)
def test_a_language_may_have_three_plurals(dates: int, expected: str) -> None:
    assert join_phrases(KINDS, {"date": dates, "position": 4}, Swapped()) == f"położenie • {expected}"


def test_numbers_are_written_as_the_language_does() -> None:
    class Spaced(EnglishMessages):
        def number(self, value: int) -> str:
            return f"{value:,}".replace(",", " ")

    assert phrases(KINDS, {"date": 1000}, Spaced()) == ["1 000 dates"]


def test_marked_messages_are_unchanged() -> None:
    assert gettext_noop("A message") == "A message"
    assert ngettext_noop("a date", "%(num)s dates") == ("a date", "%(num)s dates")
