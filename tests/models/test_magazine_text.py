import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("magazine_texts", "ck_magazine_texts_name", {"name": "farewell"}),
    Violation("magazine_texts", "ck_magazine_texts_number", {"number": 0}),
    Violation("magazine_texts", "pk_magazine_texts", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
