import pytest

from intake.documents.numerals import numeral


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [(3, "1", "3"), (1, "a", "a"), (26, "a", "z"), (27, "a", "aa"), (28, "A", "AB"), (14, "i", "xiv"), (1999, "I", "MCMXCIX"),
     (0, "a", "0"), (0, "i", "0"), (5000, "I", "5000")],
)  # fmt: skip
def test_numbers_are_written_in_the_form_of_the_list(number: int, kind: str, text: str) -> None:
    assert numeral(number, kind) == text
