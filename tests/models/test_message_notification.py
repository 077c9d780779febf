import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("notifications", "ck_notifications_kind", {"kind": "bored"}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
