import pytest

from intake.receipts.typing import groups


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
