from intake.text.compare.engine import Deadline, difference


def told(before: str, after: str, seconds: float = 2) -> list[tuple[int, str, str]]:
    one, other = before.split(), after.split()
    return [
        (sign, " ".join(one[old]), " ".join(other[new]))
        for sign, old, new in difference(one, other, Deadline(seconds))
    ]


def test_what_is_the_same_is_found_by_its_place_in_both() -> None:
    assert told("a b c", "a x c") == [(0, "a", "a"), (-1, "b", ""), (1, "", "x"), (0, "c", "c")]
    assert told("", "") == []
    assert told("a", "") == [(-1, "a", "")]


def test_with_no_time_left_all_of_it_is_gone_and_new() -> None:
    assert told("a b", "a c", 0) == [(-1, "a b", ""), (1, "", "a c")]


def test_more_different_items_than_letters_below_the_surrogates() -> None:
    many = list(range(60_000))
    found = difference(many, [*many, 60_000], Deadline(5))
    assert [sign for sign, _, _ in found] == [0, 1]
    assert found[1][2] == slice(60_000, 60_001)
