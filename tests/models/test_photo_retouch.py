import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("retouches", "ck_retouches_kind", {"kind": "paint"}),
    Refused("retouches", "ck_retouches_state", {"state": "lost"}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
