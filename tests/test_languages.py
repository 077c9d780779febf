import re

from intake.languages import LANGUAGES, NAMES, OTHER, RIGHT_TO_LEFT, direction


def test_codes_are_those_of_iso_639_and_names_differ() -> None:
    assert all(re.fullmatch("[a-z]{2,3}", code) for code in NAMES)
    assert len(set(NAMES.values())) == len(NAMES)
    assert list(LANGUAGES) == sorted(LANGUAGES)


def test_who_finds_no_language_may_say_so() -> None:
    assert OTHER in NAMES
    assert OTHER not in LANGUAGES


def test_directions() -> None:
    assert [direction(code) for code in ("ug", "fa", "kk", OTHER)] == ["rtl", "rtl", "ltr", "ltr"]
    assert set(NAMES) >= RIGHT_TO_LEFT
