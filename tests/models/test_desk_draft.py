import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("drafts", "ck_drafts_kind", {"kind": "poem"}),
    Violation("drafts", "pk_drafts", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
