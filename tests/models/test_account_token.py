import pytest

from tests.models.rows import Refused, Rows

REFUSED = [
    Refused("tokens", "ck_tokens_hash", {"hash": b"short"}),
    Refused("tokens", "ck_tokens_scopes", {"scopes": []}),
    Refused("tokens", "uq_tokens_hash", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Refused) -> None:
    rows.refuse(case)
