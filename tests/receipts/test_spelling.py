import itertools

import pytest

from intake.receipts import spelling
from intake.receipts.spelling import groups


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ab12 cd34", ["AB12", "CD34"]),
        ("АВ−СЕ", ["AB", "CE"]),
        ("Α.Β·Χ", ["A", "B", "X"]),
        ("٠١٢ ۳۴۵ ६७८", ["012", "345", "678"]),
        ("oil", ["011"]),
        ("\u202eab\u202c", ["AB"]),
        ("", []),
        ("0" * 201, []),
    ],
)
def test_splits_and_spells_what_people_type(typed: str, read: list[str]) -> None:
    assert groups(typed) == read


def test_the_sum_of_letters_finds_every_wrong_value_and_swap() -> None:
    values = [3, 0, 31, 17]
    right = spelling.check_letters(values, 0)
    for place, other in itertools.product(range(4), range(32)):
        changed = [*values[:place], other, *values[place + 1 :]]
        assert (spelling.check_letters(changed, 0) == right) == (changed == values)
    assert spelling.check_letters([0, 3, 31, 17], 0) != right


def test_the_sum_of_digits_finds_every_wrong_digit_and_swap() -> None:
    for digits in map("".join, itertools.product("0123456789", repeat=2)):
        right = spelling.check_digits(digits, 0)
        assert digits[0] == digits[1] or spelling.check_digits(digits[::-1], 0) != right
        others = {spelling.check_digits(digits[0] + other, 0) for other in "0123456789"}
        assert len(others) == 10


def test_another_group_has_another_sum() -> None:
    assert len({spelling.check_letters([1, 2, 3, 4], group) for group in range(4)}) == 4
    assert len({spelling.check_digits("12345", group) for group in range(5)}) == 5
