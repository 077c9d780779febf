import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("queue_samples", "ck_queue_samples_queue", {"queue": "slow"}),
    Violation("queue_samples", "ck_queue_samples_counts", {"came": -1}),
    Violation("queue_samples", "pk_queue_samples", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
