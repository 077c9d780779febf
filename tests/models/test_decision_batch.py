import pytest

from tests.models.rows import NOW, Rows, Violation

REFUSED = [
    Violation("batches", "ck_batches_verdict", {"verdict": "perhaps"}),
    Violation("batches", "uq_batches_token", {"id": 2}, second=True),
    Violation("batches", "ck_batches_finished", {"finished_at": NOW, "messages": b"Words"}),
    Violation("batch_items", "ck_batch_items_outcome", {"outcome": "lost"}),
    Violation("batch_items", "ck_batch_items_problem", {"outcome": "refused"}),
    Violation("batch_items", "ck_batch_items_problem", {"problem": "Changed meanwhile."}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
