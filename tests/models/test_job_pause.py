import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("pauses", "ck_pauses_queue", {"queue": "slow"}),
    Violation("pauses", "ck_pauses_reason", {"reason": ""}),
    Violation("pauses", "pk_pauses", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
