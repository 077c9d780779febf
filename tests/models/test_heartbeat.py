import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("heartbeats", "ck_heartbeats_kind", {"kind": "stranger"}),
    Refused("heartbeats", "pk_heartbeats", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
