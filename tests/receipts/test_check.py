import itertools

from intake.receipts import check


def test_the_sum_of_letters_finds_every_wrong_value_and_swap() -> None:
    values = [3, 0, 31, 17]
    right = check.of_letters(values, 0)
    for place, other in itertools.product(range(4), range(32)):
        changed = [*values[:place], other, *values[place + 1 :]]
        assert (check.of_letters(changed, 0) == right) == (changed == values)
    assert check.of_letters([0, 3, 31, 17], 0) != right


def test_the_sum_of_digits_finds_every_wrong_digit_and_swap() -> None:
    for digits in map("".join, itertools.product("0123456789", repeat=2)):
        right = check.of_digits(digits, 0)
        assert digits[0] == digits[1] or check.of_digits(digits[::-1], 0) != right
        others = {check.of_digits(digits[0] + other, 0) for other in "0123456789"}
        assert len(others) == 10


def test_another_group_has_another_sum() -> None:
    assert len({check.of_letters([1, 2, 3, 4], group) for group in range(4)}) == 4
    assert len({check.of_digits("12345", group) for group in range(5)}) == 5
