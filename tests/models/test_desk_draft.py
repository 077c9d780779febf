import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("drafts", "ck_drafts_kind", {"kind": "poem"}),
    Refused("drafts", "pk_drafts", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
