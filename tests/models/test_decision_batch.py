import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("batches", "ck_batches_verdict", {"verdict": "perhaps"}),
    Refused("batches", "uq_batches_token", {"id": 2}, second=True),
    Refused("batch_items", "ck_batch_items_outcome", {"outcome": "lost"}),
    Refused("batch_items", "ck_batch_items_problem", {"outcome": "refused"}),
    Refused("batch_items", "ck_batch_items_problem", {"problem": "Changed meanwhile."}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
