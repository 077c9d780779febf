import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("notifications", "ck_notifications_kind", {"kind": "bored"}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
