import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import numerals


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("1.", (("1", 1),)),
        ("(12)", (("1", 12),)),
        ("2.3.", (("1", 3),)),
        ("۳-", (("1", 3),)),
        ("１．", (("1", 1),)),
        ("i.", (("i", 1), ("a", 9))),
        ("IV)", (("I", 4),)),
        ("c.", (("a", 3), ("i", 100))),
        ("bb.", (("a", 28),)),
        ("ii.", (("i", 2), ("a", 35))),
        ("o", ()),
        ("·", ()),
        ("Article 1.", ()),
        ("а)", ()),
        ("", ()),
    ],
)
def test_read(marker: str, numbers: tuple[tuple[str, int], ...]) -> None:
    assert numerals.read(marker) == numbers


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (7, "1", "7"), (1, "a", "a"), (28, "A", "AB"), (1994, "I", "MCMXCIV"), (4, "i", "iv"), (0, "a", "0"), (-2, "i", "-2"),
        (5000, "i", "5000"),
    ],
)  # fmt: skip
def test_write(number: int, kind: str, text: str) -> None:
    assert numerals.write(number, kind) == text


@given(st.integers(1, 3999), st.sampled_from("iI1"))
def test_what_is_written_is_read(number: int, kind: str) -> None:
    assert (kind, number) in numerals.read(f"{numerals.write(number, kind)}.") or len(
        numerals.write(number, kind)
    ) > 5


@given(st.text(max_size=20))
def test_any_marker_can_be_read(marker: str) -> None:
    assert all(number >= 0 for _, number in numerals.read(marker))
