import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("login_attempts", "ck_login_attempts_key", {"key": b"asel@transom.example"}),
    Refused("login_attempts", "ck_login_attempts_count", {"count": 0}),
    Refused("login_attempts", "pk_login_attempts", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
