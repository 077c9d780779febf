import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("pauses", "ck_pauses_queue", {"queue": "slow"}),
    Refused("pauses", "ck_pauses_reason", {"reason": ""}),
    Refused("pauses", "pk_pauses", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
