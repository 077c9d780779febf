import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("retouches", "ck_retouches_kind", {"kind": "paint"}),
    Violation("retouches", "ck_retouches_state", {"state": "lost"}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
