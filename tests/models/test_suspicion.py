import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("phrase_lists", "ck_phrase_lists_number", {"number": 0}),
    Violation("phrase_lists", "pk_phrase_lists", second=True),
    Violation("hourly_counts", "ck_hourly_counts_kinds", {"id": 3}),
    Violation("hourly_counts", "pk_hourly_counts", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
