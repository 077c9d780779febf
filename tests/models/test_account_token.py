import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("tokens", "ck_tokens_hash", {"hash": b"short"}),
    Violation("tokens", "ck_tokens_scopes", {"scopes": []}),
    Violation("tokens", "uq_tokens_hash", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
