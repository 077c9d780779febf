import unicodedata

import pytest

from intake.text.unicode import alphabets, tables


@pytest.mark.parametrize("script", alphabets.TO)
def test_a_letter_becomes_one_of_the_alphabet(script: str) -> None:
    for other, letter in alphabets.TO[script].items():
        assert tables.script(letter) == script
        assert tables.script(other) != script or other in alphabets.SAME_SCRIPT
        assert len(other) == len(letter) == 1


def test_all_letters_are_of_the_listed_scripts() -> None:
    assert {tables.script(char) for table in alphabets.TO.values() for char in table} == alphabets.SCRIPTS


def test_no_case_is_changed() -> None:
    changed = [
        f"{other}{letter}"
        for table in alphabets.TO.values()
        for other, letter in table.items()
        if other.isupper() != letter.isupper() and unicodedata.category(other) in ("Lu", "Ll")
    ]
    assert changed == []
