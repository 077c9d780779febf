import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("heartbeats", "ck_heartbeats_kind", {"kind": "stranger"}),
    Violation("heartbeats", "pk_heartbeats", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
