import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("queue_samples", "ck_queue_samples_queue", {"queue": "slow"}),
    Refused("queue_samples", "ck_queue_samples_counts", {"came": -1}),
    Refused("queue_samples", "pk_queue_samples", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
