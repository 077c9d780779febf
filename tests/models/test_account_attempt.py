import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("login_attempts", "ck_login_attempts_key", {"key": b"asel@transom.example"}),
    Violation("login_attempts", "ck_login_attempts_count", {"count": 0}),
    Violation("login_attempts", "pk_login_attempts", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
