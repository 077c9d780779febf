import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("replies", "ck_replies_verdict", {"verdict": "perhaps"}),
    Violation("replies", "ck_replies_words", {"body": b""}),
    Violation("replies", "ck_replies_words", {"name": b""}),
    Violation("replies", "uq_replies_verdict_language_name", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
